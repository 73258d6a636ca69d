import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe } from 'vitest';

/** A python that has test/python/requirements.txt, as `.ci/python` makes and prints it. */
const PYTHON = process.env.HOLOTYPE_TEST_PYTHON;
const SCRIPTS = resolve(import.meta.dirname, '../python');

/** `describe` for tests that need the Python libraries; without them they are passed over, and the title says why. */
export const describeInPython: typeof describe.skip = PYTHON
  ? describe
  : (((title: string, ...rest: never[]) =>
      describe.skip(
        `${title} (skipped: HOLOTYPE_TEST_PYTHON is not set; .ci/python makes it)`,
        ...rest,
      )) as typeof describe.skip);

/** Where a script may be logged in: the same as a line of `.netrc`. */
export interface PythonLogin {
  readonly url: string;
  readonly token: string;
}

/**
 * Runs a script of test/python, or one of an absolute path, with a home of its own, empty but for a `.netrc`, so that no cache and no other login helps it.
 * Gives what it printed as JSON on its last line; fails with what it said on standard error.
 */
export async function runPython<T>(script: string, args: readonly string[], login?: PythonLogin): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'holotype-python-home-'));
  try {
    if (login) {
      const { hostname } = new URL(login.url);
      const line = `machine ${hostname} login anybody password ${login.token}\n`;
      await writeFile(join(home, '.netrc'), line, { mode: 0o600 });
    }
    const { stdout } = await promisify(execFile)(PYTHON!, [resolve(SCRIPTS, script), ...args], {
      env: {
        PATH: process.env.PATH,
        HOME: home,
        LANG: 'C.UTF-8',
        PYTHONDONTWRITEBYTECODE: '1',
      },
      cwd: home,
      maxBuffer: 1 << 26,
      timeout: 110_000,
    }).catch((error: { stderr?: string; message: string }) => {
      throw new Error(`${script}: ${error.stderr?.slice(-4000) || error.message}`);
    });
    return JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as T;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
