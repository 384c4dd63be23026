/** Uses the published types as a page in TypeScript does; it is compiled, not run. */

import { TurnReader, TurnSearch, TurnSearchElement } from "turnsearch";
import type { Answer, Filter, Hit, Progress, Turn } from "turnsearch";

const turns = await TurnSearch.open({
  src: "archive.turns",
  worker: true,
  onProgress: ({ loaded, total }: Progress) => console.log(loaded, total ?? "?"),
});
const filter: Filter = { speaker: ["Perrin", 3], meeting: ["icann70"], year: ["2021"] };
const answer: Answer = await turns.search("domain", { limit: 5, offset: 5, sort: "time", filter });
const hit: Hit | undefined = answer.hits[0];
const turn: Turn = turns.turn(hit?.turn ?? 0);
const [marks]: Uint32Array[] = await turns.marks([turn.id], "domain", { typing: true });
console.log(marks?.length, turns.meeting(turn.meeting)?.title, turns.speaker(turn.speaker)?.name);
console.log(
  (await turns.suggest("do", 3)).map(({ insert }) => insert),
  turns.stats().packBytes,
);
console.log((await answer.dispersion).map(({ turns }) => turns.length));

const search = document.createElement("turn-search");
search.setAttribute("src", "archive.turns");
search.query = "domain";
search.addEventListener("turns-ready", ({ detail }) => console.log(detail.meetings.length));
search.addEventListener("turn-results", ({ detail }) => console.log(detail.total));
search.addEventListener("turn-open", (event) => {
  event.preventDefault();
  void reader.show(event.detail.turn.id, event.detail.query);
});
search.addEventListener("keydown", (event) => console.log(event.key));
search.focus();

const reader: TurnReader = new TurnReader();
reader.href = ({ id }) => `#turn-${id}`;
reader.addEventListener("turn-select", ({ detail }) => console.log(detail.n));
reader.close();
document.body.append(search, reader, new TurnSearchElement());
void document.querySelector("turn-reader")?.load({ again: true });

// @ts-expect-error an order that does not exist
void turns.search("domain", { sort: "loudness" });
// @ts-expect-error a collection is opened, not made
new TurnSearch();
// @ts-expect-error the query is a text
search.query = 1;
