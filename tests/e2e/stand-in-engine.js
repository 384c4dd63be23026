/**
 * A stand-in for the compiled engine, for tests of the widget that need a collection of their own:
 * hostile texts, very long meetings, recordings. It keeps the contract of `www/engine.d.ts` and
 * finds plain substrings. Tests of searching itself run against the real engine.
 */

/** Nothing to initialise: the "module" only carries the pack. */
export default async function init() {}

export class Engine {
  constructor(bytes) {
    let pack;
    try {
      pack = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      throw new Error("pack/not-a-pack");
    }
    this.pack = pack;
  }

  collection() {
    const { turns, ...rest } = this.pack;
    const textBytes = turns.reduce(
      (sum, { text }) => sum + new TextEncoder().encode(text).length,
      0,
    );
    return { ...rest, turns: turns.length, textBytes };
  }

  columns() {
    const none = 0xffff_ffff;
    const headings = this.pack.turns.map(({ heading = [] }) => heading);
    const numbers = this.pack.turns.flatMap((turn, at) => [
      turn.meeting,
      turn.speaker ?? none,
      turn.heading?.length > 0 ? at : none,
      turn.text.slice(0, turn.headingEnd).match(/^./gmu)?.length ?? 0,
      turn.startMs ?? none,
      turn.endMs ?? none,
    ]);
    return { numbers: Uint32Array.from(numbers), headings };
  }

  texts(ids) {
    return ids.map((id) => {
      const { text, headingEnd, events } = this.pack.turns[id];
      return { text, headingEnd, events };
    });
  }

  marks(ids, query) {
    return ids.map((id) => this.#marks(id, query));
  }

  #marks(id, query) {
    const wanted = query.trim().toLowerCase();
    const text = this.pack.turns[id].text.toLowerCase();
    const marks = [];
    for (
      let at = text.indexOf(wanted);
      wanted && at >= 0;
      at = text.indexOf(wanted, at + wanted.length)
    ) {
      marks.push(at, at + wanted.length);
    }
    return Uint32Array.from(marks);
  }

  #found(query, { speakers = [], meetings = [], years = [] }) {
    const filtered = speakers.length + meetings.length + years.length > 0;
    const passes = ({ speaker, meeting }) =>
      (speakers.length === 0 || speakers.includes(speaker)) &&
      (meetings.length === 0 || meetings.includes(meeting));
    const matches = ({ id }) => (query.trim() ? this.#marks(id, query).length > 0 : filtered);
    return this.pack.turns.filter((turn) => passes(turn) && matches(turn));
  }

  search(query, { limit = 10, offset = 0, ...filters }) {
    const found = this.#found(query, filters);
    return {
      query,
      total: found.length,
      matched: found.length > 0 ? "exact" : "none",
      notes: this.pack.notes?.[query] ?? [],
      hits: found.slice(offset, offset + limit).map((turn) => this.#hit(turn, query)),
      facets: { speakers: count(found, "speaker"), meetings: count(found, "meeting"), years: [] },
    };
  }

  #hit({ id, text }, query) {
    const marks = this.#marks(id, query);
    return {
      turn: id,
      matched: "exact",
      score: 1,
      snippet: { text, events: [], marks, before: false, after: false },
    };
  }

  dispersion(query, options) {
    const found = this.#found(query, options);
    return count(found, "meeting").map(({ id }) => {
      const turns = found.filter(({ meeting }) => meeting === id);
      const all = this.pack.meetings[id].turns;
      return {
        meeting: id,
        positions: Float32Array.from(turns, ({ n }) => n / all),
        turns: Uint32Array.from(turns, (turn) => turn.id),
      };
    });
  }

  suggest(query, limit) {
    const wanted = query.trim();
    const names = this.pack.speakers.filter(({ name }) => wanted && name.includes(wanted));
    return names.slice(0, limit).map(({ id, name, turns }) => {
      return {
        kind: "speaker",
        text: name,
        insert: `speaker:"${name}"`,
        detail: "",
        count: turns,
        id,
      };
    });
  }

  stats() {
    return { packBytes: 0, sections: [] };
  }
}

function count(turns, key) {
  const counts = new Map();
  for (const turn of turns) {
    if (turn[key] !== null) counts.set(turn[key], (counts.get(turn[key]) ?? 0) + 1);
  }
  return [...counts].map(([id, times]) => ({ id, count: times })).sort((a, b) => b.count - a.count);
}
