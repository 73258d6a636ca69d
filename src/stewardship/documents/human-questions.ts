/** What people are asked to write, each once: one answer serves every document that asks for it. */
export const HUMAN_QUESTIONS = {
  purpose: 'For what task it was made, and which gap it was to fill.',
  creators: 'Who made it, and on whose behalf.',
  funding: 'Who paid for it, with the numbers of grants.',
  sampling: 'From what larger set the images were chosen, by what rule, and how far they stand for it.',
  collection: 'How the images were taken: the apparatus, the procedure, and how both were checked.',
  collectors: 'Who collected and labelled, and how they were paid.',
  ethics: 'Which ethical review took place, by whom, and what came of it; or that none did, and why.',
  notice: 'Whether the people were told, by what words, and whether by themselves or through others.',
  consent: 'Whether the people agreed, to what, and in what words.',
  impact:
    'Whether the consequences for the people were studied (such as a data protection impact assessment), and what came of it.',
  confidential: 'Whether anything in it is confidential, or whether people could be told from it, and how.',
  sensitive: 'Whether anything in it is sensitive: origin, belief, health, biometric or financial data.',
  offensive: 'Whether anything in it may offend, threaten or distress whoever sees it.',
  sources:
    'Where the images came from before they were imported, with creator, licence, version and address of each source.',
  preprocessing: 'What was done to the images before they were imported, and with which software.',
  uses: 'What it has been used for, and where that is listed.',
  useCases: 'What it is fit for.',
  unfitUses: 'What it must not be used for.',
  socialImpact: 'What good and what harm its use may do, and to whom.',
  limitations: 'What it cannot show, beyond what the reports find.',
  biases: 'Which biases are known or feared, beyond what the reports find.',
  synthetic: 'Whether any image or label in it was made by a model or drawn (yes, no, or which).',
  thirdParties: 'Which rights of others lie on it, and which rules of export.',
  contact: 'Whom to write to.',
  maintenance: 'Who hosts and maintains it, how often it is updated, and how its users are told.',
  contribution: 'Whether and how others may add to it.',
  annotationMethod: 'How labels were given: by which criteria, with which tool, and who checked them.',
  vocabulary: 'What its special words mean.',
  designChoices: 'Which choices of design bear on the data, and why they were made.',
  assumptions: 'What the data are supposed to measure and to stand for.',
  mitigation: 'What was done to find, prevent and lessen biases.',
  gaps: 'What is missing from it that matters, and how that is dealt with.',
  setting: 'The place, the context and the behaviour for which a system trained on it is meant.',
  specialCategories:
    'Whether special categories of personal data are used to find or correct bias, and how each condition is met.',
  experimentalDesign: 'The design of the experiment: blocks, replicates, treatments.',
  species: 'The species, with its number in the NCBI taxonomy.',
  growth: 'Where and how the material grew.',
  preparation: 'How specimens were prepared before they were imaged.',
  publications: 'The publications it belongs to, and how it is to be cited.',
} as const;

export type HumanQuestion = keyof typeof HUMAN_QUESTIONS;

/** What people are asked to write; null: the item's own question says it. */
export function promptOf(asks: string): string | null {
  return Object.hasOwn(HUMAN_QUESTIONS, asks) ? HUMAN_QUESTIONS[asks as HumanQuestion] : null;
}
