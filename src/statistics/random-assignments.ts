const DRAWS = 200;

/**
 * 200 random splits of whole groups: of each the part of every group. A group goes to a part with a probability in
 * proportion to the images that part still has room for, so that every group has the same chances and the parts end as
 * large as they are, but for the last group. `groupSizes` and `partSizes` count images; `random` yields uniform numbers in
 * [0, 1): the same stream gives the same splits. Fan, Muller & Rezucha 1962, JASA 57:387 (selection in sequence).
 */
export function randomAssignments(
  groupSizes: Int32Array,
  partSizes: readonly number[],
  random: () => number,
): Uint16Array[] {
  return Array.from({ length: DRAWS }, () => {
    const room = Float64Array.from(partSizes);
    return Uint16Array.from(groupSizes, (size) => {
      const part = partByRoom(room, random());
      room[part]! -= size;
      return part;
    });
  });
}

/** A part, with a probability in proportion to the images it still has room for; a full part is not chosen. */
function partByRoom(room: Float64Array, uniform: number): number {
  let all = 0;
  for (let part = 0; part < room.length; part += 1) if (room[part]! > 0) all += room[part]!;
  let point = uniform * all;
  for (let part = 0; part < room.length; part += 1) {
    if (room[part]! <= 0) continue;
    if (point < room[part]!) return part;
    point -= room[part]!;
  }
  return room.length - 1;
}
