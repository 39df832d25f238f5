import { parentPort, workerData } from "node:worker_threads";
import { type BrainOptions, createBrain, type ExplainingBrain } from "./brain.ts";
import { type Answer, type Ask, type Call, type Given, type Report, unseeded } from "./brain-calls.ts";

/** The thread that understands: loads a brain and answers what it is asked, one call after the other. */

const tell = (report: Report) => parentPort?.postMessage(report);
const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);

process.on("unhandledRejection", (error) => tell({ kind: "rejection", name: nameOf(error) }));

type Answers = { [K in Ask]: (...given: Given<K>) => Answer<K> | Promise<Answer<K>> };

const answersOf = (brain: ExplainingBrain): Answers => ({
  open: (...given) => brain.open(...given),
  reopened: (...given) => brain.reopened(...given),
  respond: (operator, talk, incoming, moment) => brain.respond(operator, talk, incoming, unseeded(moment)),
  aside: (...given) => brain.aside(...given),
  returned: (operator, talk, how, moment) => brain.returned(operator, talk, how, unseeded(moment)),
  formSoFar: (operator, talk, moment, whole) => brain.formSoFar(operator, talk, unseeded(moment), whole),
  fillIn: (operator, talk, what, moment) => brain.fillIn(operator, talk, what, unseeded(moment)),
  clausesFor: (...given) => brain.clausesFor(...given),
  warm: () => brain.warm(),
});

async function answer<K extends Ask>(answers: Answers, { id, ask, given }: Call<K>): Promise<void> {
  try {
    tell({ kind: "answer", id, value: await answers[ask](...given) });
  } catch (error) {
    tell({ kind: "error", id, name: nameOf(error) });
  }
}

try {
  const brain = await createBrain(workerData as BrainOptions);
  const { operators, contacts, content } = brain;
  const factsOf = (id: string) => ({ retention: brain.retention(id), desk: brain.desk(id) });
  const answers = answersOf(brain);
  parentPort?.on("message", (call: Call) => void answer(answers, call));
  tell({
    kind: "ready",
    content,
    operators,
    contacts,
    desks: new Map(operators.map((operator) => [operator, factsOf(operator)])),
  });
} catch (error) {
  tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
}
