import { dictionary } from '../../language.tsx';

export const REASONS = [
  'CONSENT_WITHDRAWN',
  'CONSENT_MISSING',
  'LICENCE',
  'PRIVACY',
  'LEGAL_REQUEST',
  'WRONG_SUBJECT',
  'OTHER',
] as const;
export type Reason = (typeof REASONS)[number];

/** Codes alone are kept: words on people have no place in a record that stays (decision 0020). */
export const REASON_WORDS = dictionary(
  {
    CONSENT_WITHDRAWN: 'The consent was taken back',
    CONSENT_MISSING: 'There was no consent, or not for this use',
    LICENCE: 'The rights do not allow their use',
    PRIVACY: 'They show or tell what they must not',
    LEGAL_REQUEST: 'An authority or a court asked for it',
    WRONG_SUBJECT: 'They are not of what they were said to be of',
    OTHER: 'Another reason, kept elsewhere',
  },
  {
    CONSENT_WITHDRAWN: 'Le consentement a été retiré',
    CONSENT_MISSING: 'Il n’y avait pas de consentement, ou pas pour cet usage',
    LICENCE: 'Les droits n’en permettent pas l’usage',
    PRIVACY: 'Elles montrent ou disent ce qu’elles ne doivent pas',
    LEGAL_REQUEST: 'Une autorité ou un tribunal l’a demandé',
    WRONG_SUBJECT: 'Elles ne sont pas de ce qu’on avait dit',
    OTHER: 'Une autre raison, conservée ailleurs',
  },
);

export const WITHDRAWAL_WORDS = dictionary(
  {
    number: 'Withdrawal',
    nth: (number: number) => `No. ${number}`,
    at: 'When',
    scope: 'What was named',
    IMAGES: 'Images, one by one',
    SUBJECT: 'A subject',
    reason: 'Reason',
    images: 'Images',
    revision: 'Gone since revision',
    degraded: 'Snapshots degraded',
    progress: 'Progress',
    destroyed: 'destroyed, nothing is left:',
    waiting: 'being destroyed',
  },
  {
    number: 'Retrait',
    nth: (number: number) => `N° ${number}`,
    at: 'Quand',
    scope: 'Ce qui a été nommé',
    IMAGES: 'Des images, une à une',
    SUBJECT: 'Un sujet',
    reason: 'Raison',
    images: 'Images',
    revision: 'Disparues depuis la révision',
    degraded: 'Instantanés dégradés',
    progress: 'Avancement',
    destroyed: 'détruites, il n’en reste rien :',
    waiting: 'destruction en cours',
  },
);
