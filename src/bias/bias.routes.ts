import { DomainError } from '../kernel/errors.ts';
import type { Route } from '../platform/http-route.ts';
import { readReport } from './read-reports.usecase.ts';
import { type ReportFormat, reportFile } from './report-file.ts';

/** A report that was made, under its id with the ending of the format: `.json` as it is kept, `.csv`, `.md`. */
export const biasRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/reports/:file',
    rule: 'dataset.read',
    async handle(context, exchange) {
      const file = exchange.parameter('file');
      const match = /^([0-9a-f]{32})\.(json|csv|md)$/.exec(file);
      if (!match)
        throw new DomainError('NOT_FOUND', `"${file}" is no report; write its id and .json, .csv or .md.`);
      const { result } = await readReport(context, match[1]!);
      const { bytes, ...content } = reportFile(result, match[2] as ReportFormat);
      await exchange.immutable({
        ...content,
        size: bytes.length,
        read: (range) => (range ? bytes.subarray(range.start, range.end + 1) : bytes),
      });
    },
  },
];
