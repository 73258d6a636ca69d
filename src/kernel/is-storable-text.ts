/** Lone surrogates have no UTF-8 form, and PostgreSQL's text holds no NUL. */
export function isStorableText(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text);
}
