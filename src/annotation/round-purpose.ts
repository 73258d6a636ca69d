/**
 * What a round is for. REPEAT: annotators look again at what they labelled, to be measured against themselves.
 * ADJUDICATION: somebody settles disagreement, having seen it; that never counts as agreement (specification §6).
 */
export const ROUND_PURPOSES = ['LABELLING', 'REPEAT', 'ADJUDICATION'] as const;
export type RoundPurpose = (typeof ROUND_PURPOSES)[number];
