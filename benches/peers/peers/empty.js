/** A page without any search: what the memory of the others is measured from. */

export const title = "empty page";

export function build() {
  return [];
}

export async function open() {
  return { search: () => ({ hits: [], approximate: false }) };
}
