/**
 * Numbers questions, so that an answer can be dropped that a later question has overtaken.
 * @returns {() => () => boolean} called with each question; what it returns says whether that is the last one still
 */
export function latest() {
  let asked = 0;
  return () => {
    const mine = ++asked;
    return () => mine === asked;
  };
}
