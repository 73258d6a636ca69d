import { DEMO_BIASES } from './demo-biases.ts';

const SIMULATED =
  'Simulated photographs of single leaves in a greenhouse of three sites, drawn by a program from a fixed seed. ' +
  'No plant, camera or person behind them exists.';

export interface DemoDescription {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly licence: string;
  readonly unit: string;
}

/** How the demo presents itself. */
export const demoDatasetDescription: DemoDescription = {
  slug: 'greenhouse-demo',
  title: 'Simulated greenhouse with known biases',
  description: `${SIMULATED} Biases put in on purpose: ${DEMO_BIASES.map(({ done }) => done).join(' ')}`,
  licence: 'CC0-1.0',
  unit: 'subject',
};
