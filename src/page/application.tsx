import { ErrorBoundary, LocationProvider, lazy, Route, Router } from 'preact-iso';
import { ClientProvider } from './client.tsx';
import { LanguageProvider } from './language.tsx';
import { SessionProvider } from './session.tsx';
import { Shell } from './shell.tsx';
import { Datasets } from './views/datasets/datasets.tsx';
import { Nowhere } from './views/nowhere.tsx';

/** Every view but the first comes when it is asked for. */
const SignIn = lazy(() => import('./views/sign-in.tsx'));
const Dataset = lazy(() => import('./views/dataset/dataset.tsx'));
const Images = lazy(() => import('./views/images/images.tsx'));
const Image = lazy(() => import('./views/image/image.tsx'));
const Raters = lazy(() => import('./views/raters/raters.tsx'));
const Reports = lazy(() => import('./views/reports/reports.tsx'));
const Report = lazy(() => import('./views/reports/report.tsx'));
const Comparison = lazy(() => import('./views/reports/comparison.tsx'));
const Splits = lazy(() => import('./views/splits/splits.tsx'));
const Split = lazy(() => import('./views/splits/split.tsx'));
const Snapshots = lazy(() => import('./views/snapshots/snapshots.tsx'));
const Snapshot = lazy(() => import('./views/snapshots/snapshot.tsx'));
const Proposal = lazy(() => import('./views/snapshots/proposal.tsx'));
const Withdrawals = lazy(() => import('./views/withdrawals/withdrawals.tsx'));
const Runs = lazy(() => import('./views/runs/runs.tsx'));
const Run = lazy(() => import('./views/runs/run.tsx'));
const Jobs = lazy(() => import('./views/jobs/jobs.tsx'));
const Audit = lazy(() => import('./views/audit/audit.tsx'));
const People = lazy(() => import('./views/people/people.tsx'));

export function Application() {
  return (
    <LanguageProvider>
      <SessionProvider>
        <ClientProvider>
          <LocationProvider>
            <Shell>
              <ErrorBoundary>
                <Router>
                  <Route path="/" component={Datasets} />
                  <Route path="/page/sign-in" component={SignIn} />
                  <Route path="/page/datasets/:dataset" component={Dataset} />
                  <Route path="/page/datasets/:dataset/images" component={Images} />
                  <Route path="/page/datasets/:dataset/images/:image" component={Image} />
                  <Route path="/page/datasets/:dataset/raters" component={Raters} />
                  <Route path="/page/datasets/:dataset/reports" component={Reports} />
                  <Route path="/page/datasets/:dataset/reports/:report" component={Report} />
                  <Route path="/page/datasets/:dataset/compare/:base/:other" component={Comparison} />
                  <Route path="/page/datasets/:dataset/splits" component={Splits} />
                  <Route path="/page/datasets/:dataset/splits/:split" component={Split} />
                  <Route path="/page/datasets/:dataset/snapshots" component={Snapshots} />
                  <Route path="/page/datasets/:dataset/proposals/:proposal" component={Proposal} />
                  <Route path="/page/datasets/:dataset/withdrawals" component={Withdrawals} />
                  <Route path="/page/datasets/:dataset/runs" component={Runs} />
                  <Route path="/page/datasets/:dataset/runs/:run" component={Run} />
                  <Route path="/page/datasets/:dataset/jobs" component={Jobs} />
                  <Route path="/page/snapshots/:digest" component={Snapshot} />
                  <Route path="/page/audit" component={Audit} />
                  <Route path="/page/people" component={People} />
                  <Route default component={Nowhere} />
                </Router>
              </ErrorBoundary>
            </Shell>
          </LocationProvider>
        </ClientProvider>
      </SessionProvider>
    </LanguageProvider>
  );
}
