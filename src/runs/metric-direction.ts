/** Measures of which everybody knows which way is better, as one of the words of their names. */
const GREATER =
  /(^|[^a-z])(acc|accuracy|f1|f_?score|auc|auroc|auprc|ap|map|precision|recall|sensitivity|specificity|iou|dice|kappa|alpha|mcc|r2|psnr|ssim|pq)([^a-z]|$)/;
const SMALLER =
  /(^|[^a-z])(loss|error|err|mae|mse|rmse|nll|brier|ece|perplexity|hd95|hausdorff|seconds|energy|fid)([^a-z]|$)/;

/** Whether more of a measure is better; null where its name does not say, and the asker must. */
export function isGreaterBetter(metric: string): boolean | null {
  const name = metric.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  const [greater, smaller] = [GREATER.test(name), SMALLER.test(name)];
  return greater === smaller ? null : greater;
}
