/** 1 for each unit that is drawn, with probability `share`; `random` yields uniform numbers in [0, 1), one a unit. */
export function sampleUnits(unitCount: number, share: number, random: () => number): Uint8Array {
  const drawn = new Uint8Array(unitCount);
  for (let unit = 0; unit < unitCount; unit += 1) drawn[unit] = random() < share ? 1 : 0;
  return drawn;
}
