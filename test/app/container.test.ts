import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };

const ROOT = resolve(import.meta.dirname, '../..');
const textOf = (file: string) => readFileSync(resolve(ROOT, file), 'utf8');

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** The instructions of the file, continued lines joined. */
const instructions: Instruction[] = textOf('Containerfile')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  .map((line) => {
    const [, name, rest] = /^\s*(\S+)\s+(.*)$/.exec(line)!;
    return { name: name!, rest: rest! };
  });
const last = (name: string) => instructions.findLast((instruction) => instruction.name === name)!.rest;
const ofServer = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
/** What is copied from this folder into the image, without what comes from another stage. */
const copied = instructions
  .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from'))
  .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1));

describe('the container file', () => {
  it('copies nothing that is not there', () => {
    for (const path of copied) expect([path, existsSync(resolve(ROOT, path))]).toEqual([path, true]);
  });

  it('copies all that the package says it is made of', () => {
    for (const path of packageJson.files) expect(copied).toContain(path);
  });

  it('is let see exactly what it copies', () => {
    const [all, ...seen] = textOf('.containerignore').trim().split('\n');
    expect(all).toBe('*');
    expect(seen.map((line) => line.slice(1)).sort()).toEqual(
      [...new Set(copied)].filter((path) => !copied.some((folder) => path.startsWith(`${folder}/`))).sort(),
    );
  });

  it('copies every file of ours and names every package that the server loads', () => {
    const specifiers = execFileSync(
      'grep',
      [
        '-rhoE',
        '--exclude-dir=page',
        "from '[^']+'|import\\('[^']+'\\)",
        ...['src', 'seeds', 'migrations', 'bin', 'ormconfig.ts'],
      ],
      { cwd: ROOT, encoding: 'utf8' },
    );
    const names = new Set([...specifiers.matchAll(/'([^']+)'/g)].map(([, name]) => name!));
    const packages = [...names]
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:') && !builtinModules.includes(name))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    for (const name of packages) expect(Object.keys(packageJson.dependencies)).toContain(name);
    const outside = [...names]
      .filter((name) => /^(\.\.\/)+[a-z]+\//.test(name))
      .map((name) => name.replace(/^(\.\.\/)+/, '').split('/')[0]!);
    for (const folder of new Set(outside.filter((name) => existsSync(resolve(ROOT, name)))))
      expect(copied).toContain(folder);
  });

  it('runs the documented command as nobody privileged, and hears SIGTERM itself', () => {
    expect(JSON.parse(last('ENTRYPOINT'))).toEqual(['node', '/opt/holotype/bin/holotype.js']);
    expect(JSON.parse(last('CMD'))).toEqual(['serve']);
    expect(last('USER')).toBe('node');
    expect(last('STOPSIGNAL')).toBe('SIGTERM');
    expect(ofServer.findIndex(({ name }) => name === 'USER')).toBeLessThan(
      ofServer.findIndex(({ name }) => name === 'CMD'),
    );
  });

  it('runs the Node that the package asks for, and says by its health whether it is ready', () => {
    for (const { rest } of instructions.filter(({ name }) => name === 'FROM'))
      expect(rest).toMatch(/^node:20-bookworm-slim(\s|$)/);
    expect(last('HEALTHCHECK')).toContain('/health/ready');
  });

  it('holds no secret', () => {
    expect(textOf('Containerfile')).not.toMatch(/password|token|secret|BEGIN/i);
  });
});

describe('the compose file', () => {
  interface Service {
    readonly build?: { readonly dockerfile: string };
    readonly environment: Record<string, string>;
    readonly tmpfs?: string[];
    readonly volumes?: string[];
    readonly depends_on?: Record<string, { condition: string }>;
    readonly [setting: string]: unknown;
  }
  const compose = parse(textOf('compose.yaml')) as {
    services: Record<string, Service>;
    volumes: Record<string, null>;
    secrets: Record<string, object>;
  };
  const server = compose.services.holotype!;

  it('builds the server of this folder, before a PostgreSQL that is healthy', () => {
    expect(existsSync(resolve(ROOT, server.build!.dockerfile))).toBe(true);
    expect(server.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(compose.services.database).toMatchObject({ image: 'postgres:15', healthcheck: expect.anything() });
  });

  it('knows every volume and secret that it names', () => {
    for (const { volumes = [] } of Object.values(compose.services))
      for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
    for (const name of server.secrets as string[]) expect(Object.keys(compose.secrets)).toContain(name);
  });

  it('gives the server settings that it knows, with a password that is given from outside', () => {
    const documented = textOf('docs/operations.md');
    for (const name of Object.keys(server.environment)) expect(documented).toContain(`\`${name}\``);
    expect(server.environment.DATABASE_URL).toContain('${POSTGRES_PASSWORD:?');
  });

  it('lets the server write in its volume and in /tmp alone, and lets it finish what was begun', () => {
    expect(server.read_only).toBe(true);
    expect(server.tmpfs).toContain('/tmp');
    expect(server.volumes).toEqual(['data:/var/lib/holotype']);
    expect(
      instructions.find(({ name, rest }) => name === 'ENV' && rest.includes('HOLOTYPE_DATA_DIR'))?.rest,
    ).toContain('HOLOTYPE_DATA_DIR=/var/lib/holotype');
    // 20 s for open requests, 5 s for jobs (docs/operations.md), and some.
    expect(Number.parseInt(server.stop_grace_period as string, 10)).toBeGreaterThan(25);
    expect(server.ports).toEqual(['127.0.0.1:4000:4000']);
  });
});
