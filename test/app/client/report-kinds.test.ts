import { describe, expect, it } from 'vitest';
import { holotypeCommand } from '../../../src/app/cli/holotype-command.ts';
import { REPORT_KINDS as ASKED } from '../../../src/app/client/report-kinds.ts';
import { REPORT_KINDS as MADE } from '../../../src/bias/bias-counts.ts';

describe('The command line', () => {
  it('can ask for every report that the server makes', () => {
    expect(ASKED.map((kind) => kind.toUpperCase())).toEqual([...MADE]);
    const report = holotypeCommand().commands.find((command) => command.name() === 'report')!;
    const kind = report.options.find(({ long }) => long === '--kind')!;
    expect(kind.argChoices).toEqual([...ASKED, 'all']);
  });
});
