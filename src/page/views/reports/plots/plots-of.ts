/** The report whose plots are drawn, and the dataset to whose images they lead. */
export interface PlotsOf {
  dataset: string;
  report: string;
}
