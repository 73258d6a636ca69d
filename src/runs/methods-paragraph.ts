import { methodsEnglish } from './methods-english.ts';
import type { MethodsFacts } from './methods-facts.ts';
import { methodsFrench } from './methods-french.ts';
import type { MethodsLanguage } from './methods-writing.ts';

/**
 * The paragraph that an author pastes under "Materials and methods". A fact that nobody recorded is left out, or said
 * to be unknown where a reader would look for it; none is ever filled in.
 */
export function methodsParagraph(facts: MethodsFacts, language: MethodsLanguage): string {
  const sentences = language === 'FR' ? methodsFrench(facts) : methodsEnglish(facts);
  return sentences.filter((sentence) => sentence !== null).join(' ');
}
