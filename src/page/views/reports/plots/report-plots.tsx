import type { ComponentType } from 'preact';
import { AgreementPlots } from './agreement-plots.tsx';
import { AssociationPlots } from './association-plots.tsx';
import { AttritionPlots } from './attrition-plots.tsx';
import { MeasurementPlots } from './measurement-plots.tsx';
import type { PlotsOf } from './plots-of.ts';
import { RaterPlots } from './rater-plots.tsx';
import { SelectionPlots } from './selection-plots.tsx';
import { ShapePlots } from './shape-plots.tsx';
import { SplitPlots } from './split-plots.tsx';

const PLOTS: Readonly<Record<string, ComponentType<PlotsOf>>> = {
  SELECTION: SelectionPlots,
  MEASUREMENT: MeasurementPlots,
  ASSOCIATION: AssociationPlots,
  ATTRITION: AttritionPlots,
  AGREEMENT: AgreementPlots,
  RATERS: RaterPlots,
  SHAPES: ShapePlots,
  SPLIT: SplitPlots,
};

interface ReportPlotsProps {
  dataset: string;
  report: { readonly id: string; readonly kind: string };
}

/** The plots that answer a report's question; its cards say what they amount to. */
export default function ReportPlots({ dataset, report }: ReportPlotsProps) {
  const Plots = PLOTS[report.kind];
  return Plots ? <Plots dataset={dataset} report={report.id} /> : null;
}
