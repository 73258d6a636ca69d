import { hasRealTables, importChestRadiographs } from '../test/support/real-tables.ts';
import { withServer } from './bench-server.ts';
import { type Benchmark, type Result, seconds, timed } from './result.ts';

const BUDGET = { rule: 'AT_MOST', limit: 1 } as const;
const ALLOWED = 60;

/** The five reports on 112 120 chest radiographs of 30 805 patients, on the embedded database: a minute is allowed. */
export const chestRadiographs: Benchmark = async () => {
  if (!hasRealTables) return [{ subject: 'reports on NIH ChestX-ray14', skipped: 'shared/data is absent' }];
  const made = await withServer('embedded', async (server): Promise<Result[]> => {
    await importChestRadiographs(server);
    const fields = [
      'selectionReport',
      'measurementReport',
      'associationReport',
      'attritionReport',
      'agreementReport',
    ];
    const query = `{ dataset(slug: "nih-cxr14") { ${fields.map((field) => `${field} { id }`).join(' ')} } }`;
    const { time } = await timed(() => server.ask(query));
    return [
      {
        subject: 'reports on NIH ChestX-ray14, embedded',
        measured: seconds(time),
        baseline: `${ALLOWED} s allowed`,
        ratio: time / ALLOWED,
        budget: BUDGET,
      },
    ];
  });
  return 'unavailable' in made
    ? [{ subject: 'reports on NIH ChestX-ray14', skipped: made.unavailable }]
    : made;
};
