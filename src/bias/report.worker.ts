import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { sha256 } from '../kernel/sha256.ts';
import { serveSessions } from '../platform/serve-sessions.ts';
import type { RandomStreams } from './bias-counts.ts';
import { makeAgreementReport, makeOwnReport, makeReport } from './make-report.ts';
import { raterColumns } from './raters/rater-columns.ts';
import type { RaterPage } from './raters/rater-page.ts';
import { raterReport } from './raters/rater-report.ts';
import { RatingColumns } from './ratings/rating-columns.ts';
import type { MadeReport, ReportMessage } from './report-message.ts';
import { type ReportRequest, reportSeed } from './report-request.ts';
import { shapeReport } from './shapes/shape-report.ts';
import { SubjectColumns } from './subjects/subject-columns.ts';
import type { Subjects } from './subjects/subjects.ts';

/** Makes reports beside the server: a session gathers the pages of its datasets, then makes each report asked for. */
serveSessions(() => {
  const gathering = new Map<string, SubjectColumns>();
  const gathered = new Map<string, Subjects>();
  let ratings: RatingColumns | null = null;
  let shapes: ReturnType<typeof shapeReport> | null = null;
  let raterPages: RaterPage[] = [];
  const subjectsOf = (name: string) => {
    const held = gathered.get(name) ?? gathering.get(name)!.finish();
    gathering.delete(name);
    gathered.set(name, held);
    return held;
  };
  return (message): number | MadeReport => {
    const asked = message as ReportMessage;
    switch (asked.type) {
      case 'PLAN':
        gathering.set(asked.columns, new SubjectColumns(asked.plan));
        return 0;
      case 'PAGE':
        return gathering.get(asked.columns)!.add(asked.page);
      case 'REPORT': {
        const { request, columns, reference } = asked;
        const facts = { ...asked.facts, reference: reference === null ? null : subjectsOf(reference) };
        const report = makeReport(request, subjectsOf(columns), facts, streamsOf(request));
        return { colour: report.colour, result: JSON.stringify(report) };
      }
      case 'RATING_PLAN':
        ratings = new RatingColumns(asked.plan);
        return 0;
      case 'RATED_IMAGES':
        return ratings!.addImages(asked.page);
      case 'RATINGS':
        ratings!.addRatings(asked.kind, asked.page);
        return 0;
      case 'AGREEMENT': {
        const report = makeAgreementReport(asked.request, ratings!.finish());
        ratings = null;
        return { colour: report.colour, result: JSON.stringify(report) };
      }
      case 'SHAPES': {
        shapes ??= shapeReport(asked.request.personal);
        if (asked.page !== null) return shapes.add(asked.page);
        const report = makeOwnReport(asked.request, shapes.made());
        shapes = null;
        return { colour: report.colour, result: JSON.stringify(report) };
      }
      case 'RATERS': {
        if (asked.page !== null) {
          raterPages.push(asked.page);
          return asked.page.images.length;
        }
        const columns = raterColumns(raterPages, asked.classes);
        raterPages = [];
        const isOrdered = columns.classes.every((name) => asked.classes.includes(name));
        const made = raterReport(columns, isOrdered, asked.request.personal, streamsOf(asked.request));
        const report = makeOwnReport(asked.request, made);
        return { colour: report.colour, result: JSON.stringify(report) };
      }
    }
  };
});

/** One xoroshiro128+ stream a statistic, seeded by the first four bytes of SHA-256(seed ‖ 0x00 ‖ statistic). */
function streamsOf(request: ReportRequest): RandomStreams {
  const seed = reportSeed(request);
  return (statistic) => {
    const generator = xoroshiro128plus(sha256(`${seed}\0${statistic}`).readInt32BE(0));
    return () => (generator.next() >>> 0) / 2 ** 32;
  };
}
