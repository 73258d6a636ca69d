import { declareTarget } from '../client/declare-target.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';

interface TargetOptions extends AccessOptions {
  readonly name: string;
  readonly source: string;
  readonly dated?: string;
}

export async function target(dataset: string, path: string, options: TargetOptions): Promise<void> {
  const { name, source, dated = null } = options;
  const report = await declareTarget(await accessOf(options), { dataset, target: name, source, dated }, path);
  if (options.json) printJson(report);
  else
    print(
      `target "${name}" of ${dataset} is declared by ${report.rows} shares of ${report.factors.join(', ')}, as of revision ${report.revision}`,
    );
}
