/**
 * How much an image needs another rating: what its next label would tell, in bits. The entropy of the label of a next
 * rater, given the votes so far and a Perks prior of 1/K a class: 1 bit for two classes without a vote, least where many
 * agree. Settles & Craven 2008 (vote entropy); the prior is that of specification §6.2.
 */
export function ratingNeed(votes: readonly number[], classCount: number): number {
  if (classCount < 2) return 0;
  const total = votes.reduce((sum, count) => sum + count, 0) + 1;
  const prior = 1 / classCount;
  const term = (count: number) => {
    const p = (count + prior) / total;
    return -p * Math.log2(p);
  };
  const unused = Math.max(0, classCount - votes.length);
  return votes.reduce((sum, count) => sum + term(count), 0) + unused * term(0);
}
