import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { describeInPython, runPython } from '../support/python.ts';
import { snapshotForPython } from './snapshot-for-python.ts';

const HANDBOOK = join(import.meta.dirname, '../../docs/renderings.md');
/** What a block needs of its surroundings, and a last line that `runPython` reads. */
const BEFORE =
  'import os\nos.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"\nos.environ["MLFLOW_TRACKING_URI"] = "file:runs"\n';
const AFTER = '\nprint("\\nnull")\n';

describeInPython('the Python of docs/renderings.md', async () => {
  const text = await readFile(HANDBOOK, 'utf8');
  const blocks = [...text.matchAll(/```python\n([\s\S]*?)```/g)].map(([, block]) => block!);
  let house: House;
  let address: string;
  let folder: string;
  beforeAll(async () => {
    house = await openHouse();
    folder = await mkdtemp(join(tmpdir(), 'holotype-handbook-'));
    const { digest } = await snapshotForPython(house, 'leaves');
    address = `${house.url}/snapshots/${digest}`;
  });
  afterAll(async () => {
    await house?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is there', () => expect(blocks.length).toBeGreaterThanOrEqual(6));

  it.each(blocks.map((block, index) => [index, block]))(
    'runs as it stands: block %i',
    async (index, block) => {
      const script = join(folder, `block_${index}.py`);
      await writeFile(script, BEFORE + block.replaceAll('https://HOST/snapshots/DIGEST', address) + AFTER);
      expect(await runPython(script, [], { url: house.url, token: house.token })).toBeNull();
    },
  );
});
