/** Uses the published types as a page in TypeScript does; it is compiled, not run. */

import { TurnReader, TurnSearch, TurnSearchElement } from "turnsearch";
import type { Answer, Filter, Hit, Progress, Turn, TurnText } from "turnsearch";
import * as classes from "turnsearch/elements";

const archive = await TurnSearch.open({
  src: "archive.turns",
  worker: true,
  onProgress: ({ loaded, total }: Progress) => console.log(loaded, total ?? "?"),
});
const filter: Filter = { speakers: ["Perrin", 3], meetings: ["icann70"], years: ["2021"] };
const answer: Answer = await archive.search("domain", {
  limit: 5,
  offset: 5,
  sort: "time",
  filter,
});
const hit: Hit | undefined = answer.hits[0];
const turn: Turn = archive.turn(hit?.turn ?? 0);
const [marks]: Uint32Array[] = await archive.marks([turn.id], "domain", { typing: true });
const [words]: TurnText[] = await archive.texts([turn.id]);
console.log(words?.text.slice(words.headingEnd), turn.heading.slice(-turn.headingLines));
console.log(
  marks?.length,
  archive.meeting(turn.meeting)?.title,
  archive.speaker(turn.speaker)?.name,
);
console.log(
  (await archive.suggest("do", 3)).map(({ insert }) => insert),
  archive.stats().packBytes,
);
console.log((await answer.dispersion).map(({ turns }) => turns.length));

const search = document.createElement("turn-search");
search.setAttribute("src", "archive.turns");
search.query = "domain";
search.src = null;
search.limit = 5;
search.sort = "time";
search.hash = true;
console.log(search.archive?.collection.turns, search.mode === "dialog", search.reader?.length);
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
reader.meeting = "icann70";
reader.turn += 1;
console.log(reader.open, reader.query?.length);
reader.close();
document.body.append(search, reader, new TurnSearchElement());
void document.querySelector("turn-reader")?.load({ again: true });

// @ts-expect-error an order that does not exist
void archive.search("domain", { sort: "loudness" });
// @ts-expect-error a collection is opened, not made
new TurnSearch();
// @ts-expect-error the query is a text
search.query = 1;
// @ts-expect-error the text of a turn is asked for apart
console.log(turn.text);
// @ts-expect-error the reader opens and closes by its methods
reader.open = false;

customElements.define("my-reader", classes.TurnReader);
customElements.define("my-search", class extends classes.TurnSearchElement {});
