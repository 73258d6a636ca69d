import DataLoader from 'dataloader';
import { requestOfSnapshot } from '../../bias/ask-report.usecase.ts';
import type { BiasReport } from '../../bias/make-report.ts';
import { makeReports } from '../../bias/make-reports.usecase.ts';
import type { Context } from '../../platform/context.ts';
import type { Reporter } from './evidence.ts';
import { readProposalsOf, readPublicationsOf, readRules } from './read-proposals.usecase.ts';

/** Rules of a request's datasets, one statement for all. */
export function rulesLoader(context: Context) {
  return new DataLoader(
    (asked: readonly { readonly datasetId: string; readonly version: number | null }[]) =>
      readRules(context, asked),
    { cacheKeyFn: ({ datasetId, version }) => `${datasetId} ${version}` },
  );
}

/** How a request's snapshots came to be published, one statement for all. */
export function publicationLoader(context: Context) {
  return new DataLoader((digests: readonly string[]) => readPublicationsOf(context, digests));
}

/** A request's proposals by their ids, one statement for all. */
export function proposalLoader(context: Context) {
  return new DataLoader((ids: readonly string[]) => readProposalsOf(context, ids));
}

/** The reports that rules are held against: those that are shown of the snapshot once it is published. */
export function reporterOf(context: Context): Reporter {
  return async (dataset, snapshot, wanted) => {
    const requests = await Promise.all(
      wanted.map(({ kind, split, group }) =>
        requestOfSnapshot(context, dataset, snapshot, kind, { split, group }),
      ),
    );
    const reports = await makeReports(context, requests);
    return reports.map(({ result }) => JSON.parse(result) as BiasReport);
  };
}
