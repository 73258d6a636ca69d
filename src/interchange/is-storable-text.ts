export { isStorableText } from '../kernel/is-storable-text.ts';
