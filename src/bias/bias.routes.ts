import { DomainError } from '../kernel/errors.ts';
import type { ImmutableContent, Route } from '../platform/http-route.ts';
import { readReport } from './read-reports.usecase.ts';
import { cardFile, type ReportFile, type ReportFormat, reportFile } from './report-file.ts';

/** A report that was made, under its id with the ending of the format: `.json` as it is kept, `.csv`, `.md`; each of its cards as a picture. */
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
      await exchange.immutable(contentOf(reportFile(result, match[2] as ReportFormat)));
    },
  },
  {
    method: 'get',
    path: '/reports/:report/:card',
    rule: 'dataset.read',
    async handle(context, exchange) {
      const [report, file] = [exchange.parameter('report'), exchange.parameter('card')];
      const kind = /^([A-Z_]+)\.svg$/.exec(file)?.[1];
      const none = new DomainError(
        'NOT_FOUND',
        `"${file}" is no card of this report; write its kind and .svg, such as LABEL_ASSOCIATION.svg.`,
      );
      if (!kind || !/^[0-9a-f]{32}$/.test(report)) throw none;
      const card = cardFile((await readReport(context, report)).result, kind);
      if (!card) throw none;
      await exchange.immutable(contentOf(card));
    },
  },
];

function contentOf({ bytes, ...content }: ReportFile): ImmutableContent {
  return {
    ...content,
    size: bytes.length,
    read: (range) => (range ? bytes.subarray(range.start, range.end + 1) : bytes),
  };
}
