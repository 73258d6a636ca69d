/** ln p_c, and ln π^a_cl at (a·K + l)·K + c, so that what one rating says of all classes lies together. */
export interface DawidSkeneParameters {
  readonly classes: Float64Array;
  readonly said: Float64Array;
}

/** Σ_i T_ic over the items with ratings, and Σ_i T_ic n^a_il, laid out as the parameters. */
export type DawidSkeneCounts = DawidSkeneParameters;

/** Item i's ratings lie from `starts[i]` to before `starts[i + 1]`; `rows`: (a·K + l)·K of each. */
export interface RatingRows {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly votes: Float64Array;
}

/**
 * The E-step of `dawidSkene`: writes the soft labels, and adds up what the next M-step needs in the same pass. Null in the
 * place of parameters: the soft labels are there (the start), and are only added up. Gives the log likelihood, in nats.
 */
export function dawidSkeneExpectation(
  softLabels: Float64Array,
  { starts, rows, votes }: RatingRows,
  parameters: DawidSkeneParameters | null,
  counts: DawidSkeneCounts,
): number {
  const classes = counts.classes.length;
  let logLikelihood = 0;
  for (let item = 0; item + 1 < starts.length; item += 1) {
    const own = item * classes;
    const [from, to] = [starts[item]!, starts[item + 1]!];
    if (parameters !== null) {
      const { classes: logPrior, said } = parameters;
      for (let c = 0; c < classes; c += 1) softLabels[own + c] = logPrior[c]!;
      for (let place = from; place < to; place += 1) {
        const row = rows[place]!;
        const times = votes[place]!;
        for (let c = 0; c < classes; c += 1) softLabels[own + c]! += times * said[row + c]!;
      }
      const logShare = normaliseLogs(softLabels, own, classes);
      if (from < to) logLikelihood += logShare;
    }
    if (from === to) continue;
    for (let c = 0; c < classes; c += 1) counts.classes[c]! += softLabels[own + c]!;
    for (let place = from; place < to; place += 1) {
      const row = rows[place]!;
      const times = votes[place]!;
      for (let c = 0; c < classes; c += 1) counts.said[row + c]! += times * softLabels[own + c]!;
    }
  }
  return logLikelihood;
}

/** exp(x − ln Σ exp x) in place; gives ln Σ exp x. */
function normaliseLogs(values: Float64Array, from: number, length: number): number {
  let most = values[from]!;
  for (let at = from + 1; at < from + length; at += 1) if (values[at]! > most) most = values[at]!;
  let total = 0;
  for (let at = from; at < from + length; at += 1) {
    const share = Math.exp(values[at]! - most);
    values[at] = share;
    total += share;
  }
  for (let at = from; at < from + length; at += 1) values[at]! /= total;
  return most + Math.log(total);
}
