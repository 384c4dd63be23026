/**
 * Watches for elements that come near the view.
 * @param {string} margin how near
 * @param {(element: Element) => void} near
 */
export function nearView(margin, near) {
  return new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) near(target);
    },
    { rootMargin: margin },
  );
}
