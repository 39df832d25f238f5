import { afterAll, beforeAll, expect, it } from "vitest";
import { openSqlite } from "../../../src/storage/sqlite/open.ts";
import { createStores, type Stores } from "../../../src/storage/store.ts";
import { APP, Person } from "../../support/bot-service.ts";
import { theBrain } from "../../support/brain.ts";
import { type TeamsDesk, teamsDesk } from "../../support/teams-desk.ts";
import { sharedFolder } from "../../support/temp.ts";
import { until } from "../../support/until.ts";

const folder = sharedFolder();
let on: TeamsDesk;
let store: Stores;
beforeAll(async () => {
  on = await teamsDesk(await theBrain(), folder.path);
  store = await createStores(openSqlite(`${folder.path}/madoguchi.db`), on.desk.config.dataKey);
});
afterAll(async () => {
  await store.close();
  await on.close();
  folder.remove();
});

/** Somebody of the tenant whose desk is J:COM's. */
const person = (frame: object = {}) =>
  new Person(on.service, on.desk.url, { locale: "en-US", channelData: { tenant: { id: "jcom" } }, ...frame });
const CHANNEL = (id: string) => ({ conversation: { id, conversationType: "channel" } });

async function chatOf({ conversation }: Person) {
  const found = await store.conversations.find(store.keyed("teams chat", "msteams", conversation));
  if (!found) throw new Error("no chat");
  return found;
}
const linesOf = async (who: Person) => store.transcript.after(await chatOf(who), 0, 100);
/** What the desk has said to the last thing, in words. */
async function said(who: Person, before: number): Promise<string> {
  return (await who.hears(before + 1)).slice(before).map(Person.words).join("\n");
}

it.each([
  ["messageUpdate", { text: "My name is another one", channelData: { eventType: "editMessage" } }],
  ["messageDelete", { channelData: { eventType: "softDeleteMessage" } }],
])("a message that was edited or deleted there is taken back here (%s)", async (type, fields) => {
  const who = person();
  await who.post({ id: `edited-${type}`, text: "The planted word is Rumpelstiltskin" });
  await who.post({ id: `kept-${type}`, text: "Do you record calls?" });
  await who.hears(3);
  expect(JSON.stringify(await linesOf(who))).toContain("Rumpelstiltskin");
  const before = who.heard().length;
  expect((await who.post({ ...fields, type, id: `edited-${type}` })).status).toBe(200);
  await until(async () => !JSON.stringify(await linesOf(who)).includes("Rumpelstiltskin"), 5_000, "it to go");
  const left = JSON.stringify(await linesOf(who));
  // The new words are none that were said to the desk; what else was said stays.
  expect(left).not.toContain("another one");
  expect(left).toContain("Do you record calls?");
  expect(who.heard()).toHaveLength(before);
});

it("the call to the bot is no word of the question, other people's names are", async () => {
  const id = "19:team-of-mentions";
  const who = person({ ...CHANNEL(id) });
  const mention = (name: string, mentioned: string) => ({
    type: "mention",
    text: `<at>${name}</at>`,
    mentioned: { id: mentioned, name },
  });
  await who.post({
    text: "<at>Madoguchi</at>&nbsp;Do you record calls? <at>Sato Hanako</at> asks &lt;this&gt; &amp; that",
    entities: [mention("Madoguchi", `28:${APP}`), mention("Sato Hanako", "29:sato")],
  });
  const chat = store.keyed("teams chat", "msteams", id);
  await until(async () => (await store.conversations.find(chat)) !== undefined, 5_000, "the chat");
  const found = await store.conversations.find(chat);
  if (!found) throw new Error("no chat");
  const [line] = (await store.transcript.after(found, 0, 10)).filter(({ by }) => by === "customer");
  expect(line?.content).toMatchObject({
    incoming: { text: "Do you record calls? Sato Hanako asks <this> & that" },
  });
});

it("a rating is kept with its reason, the last word on an answer counts", async () => {
  const who = person();
  await who.say("Do you record calls?");
  const about = (await who.hears(2)).at(-1);
  const rate = (reaction: string, feedback: string) =>
    who.post({
      type: "invoke",
      name: "message/submitAction",
      replyToId: about?.id,
      value: { actionName: "feedback", actionValue: { reaction, feedback } },
    });
  const chat = await chatOf(who);
  const answer = (await linesOf(who)).findLast(({ by }) => by === "bot");
  expect((await rate("like", "{}")).status).toBe(200);
  expect(await store.feedbacks.all(chat)).toEqual([{ activityId: answer?.id, rating: "up", reason: null }]);
  expect((await rate("dislike", JSON.stringify({ feedbackText: "too long" }))).status).toBe(200);
  expect(await store.feedbacks.all(chat)).toEqual([
    { activityId: answer?.id, rating: "down", reason: "too long" },
  ]);
  expect((await who.press({ madoguchi: { f: "up", a: answer?.id } })).status).toBe(200);
  expect(await store.feedbacks.all(chat)).toMatchObject([{ rating: "up" }]);
  // Of a message that is not in this chat nothing is kept.
  expect((await who.press({ madoguchi: { f: "up", a: "not-ours" } })).status).toBe(200);
  expect(await store.feedbacks.all(chat)).toHaveLength(1);
});

it("a message that is too long is answered so, one beyond what is read at all is refused and nothing is kept", async () => {
  const who = person();
  await who.say("Do you record calls?");
  const before = (await who.hears(2)).length;
  expect((await who.say("long ".repeat(500))).status).toBe(200);
  expect(await said(who, before)).toContain("in parts of 2000 characters or fewer");
  const lines = (await linesOf(who)).length;
  expect((await who.say("長".repeat(40_000))).status).toBe(413);
  expect(await linesOf(who)).toHaveLength(lines);
});

it("an old card changes nothing: it is said that its question is closed, and the card does not show the choice as taken", async () => {
  const who = person();
  await who.say("I want a copy of my data");
  const card = (await who.hears(2)).at(-1);
  const choose = (command: string, replyToId: string | undefined) =>
    who.press({ madoguchi: { c: command } }, { replyToId });
  // The control: a card that is open is answered, and says with what.
  const open = await choose("form:1.choose.scope.all", card?.id);
  expect(JSON.stringify(open.body)).toContain("Answered: ");
  await who.hears(3);
  const old = await choose("form:1.choose.scope.calls", card?.id);
  expect(old.status).toBe(200);
  expect(JSON.stringify(old.body)).not.toContain("Answered: ");
  expect(JSON.stringify(old.body)).toContain("This has been answered.");
  expect(await said(who, 3)).toContain("This question is closed. Nothing has been changed.");
});

it("who deletes the chat is told so there, and can go on; the words that were said are gone", async () => {
  const who = person();
  await who.say("Do you record calls? The planted word is Rumpelstiltskin");
  const before = (await who.hears(2)).length;
  await who.press({ madoguchi: { c: "own-chat:erase-sure" } });
  expect(await said(who, before)).toContain("This chat has been deleted.");
  expect(JSON.stringify(await linesOf(who))).not.toContain("Rumpelstiltskin");
  await who.say("Do you record calls?");
  expect(await said(who, before + 1)).toContain("We may record telephone calls");
});

it("where others read along, that an answer did not help is nothing private, and the opening is one", async () => {
  const who = person(CHANNEL("19:team-of-plain-words"));
  const heard = () => on.service.sent.filter((s) => s.conversation === "19:team-of-plain-words");
  const words = (n: number) => Person.words(heard()[n]?.activity);
  await who.say("Do you record calls?");
  await until(() => heard().length >= 2, 5_000, "an answer");
  expect(words(0)).toContain("Others can read along here");
  await who.say("that is not what I asked");
  await until(() => heard().length >= 3, 5_000, "an answer");
  expect(words(2)).toContain("wasn't what you were asking");
  expect(JSON.stringify(heard()[2])).not.toContain("teams.microsoft.com/l/chat");
  // The control: what is private leads there.
  await who.say("I want a copy of my data");
  await until(() => heard().length >= 4, 5_000, "an answer");
  expect(JSON.stringify(heard()[3])).toContain("teams.microsoft.com/l/chat");
});
