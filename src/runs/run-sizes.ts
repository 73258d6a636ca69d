import type { SnapshotHeader } from '../snapshots/snapshot-header.ts';
import type { RunScore } from './run-score.ts';

/**
 * How many images a run was trained and measured on: as it says, else as the split of its snapshot has them: the part measured on, and the part trained on, or
 * where the run names none all other parts of the split, as in a cross-validation. Null where nobody knows. The fold that a run held out is its `test`.
 */
export function withSizes(score: RunScore, header: SnapshotHeader): RunScore {
  const { trainedOn } = score;
  const names = Object.keys(header.splits);
  const split = score.split ?? (names.length === 1 ? names[0]! : null);
  const counts = split === null ? [] : (header.splits[split]?.counts ?? []);
  const imagesOf = (part: string | null) => counts.find((count) => count.part === part)?.images ?? null;
  const heldOut = score.fold === null ? null : `fold-${score.fold}`;
  const measured =
    score.part === 'test' && imagesOf('test') === null && heldOut !== null ? heldOut : score.part;
  const tested = imagesOf(measured);
  const others = counts.filter(({ part }) => part !== measured).reduce((sum, { images }) => sum + images, 0);
  const trained = trainedOn === null ? (tested === null ? null : others) : imagesOf(trainedOn);
  return {
    ...score,
    part: measured === heldOut ? 'test' : score.part,
    trainImages: score.trainImages ?? trained,
    testImages: score.testImages ?? tested,
  };
}
