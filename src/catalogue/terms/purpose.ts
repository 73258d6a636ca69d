/** What a consumer says the data are for: each with what it means. */
export const PURPOSES = {
  RESEARCH: 'Research that none of the narrower purposes names.',
  HEALTH_RESEARCH: 'Research on health, medicine or biology of health.',
  DISEASE_RESEARCH: 'Research on the disease that the statement names.',
  POPULATION_RESEARCH: 'Research on origins or ancestry of populations.',
  METHODS_DEVELOPMENT: 'Making or testing software, algorithms and models as such.',
  CLINICAL_CARE: 'Care of patients.',
  TEACHING: 'Teaching and training of people.',
  COMMERCIAL: 'For profit; it says how, so that another purpose has to say what for.',
} as const;

export type Purpose = keyof typeof PURPOSES;

export const PURPOSE_NAMES = Object.keys(PURPOSES) as Purpose[];
