import { BotAdapter } from "botbuilder-core/lib/botAdapter.js";
import { TurnContext } from "botbuilder-core/lib/turnContext.js";
import { Dialog, type DialogTurnResult } from "botbuilder-dialogs/lib/dialog.js";
import { DialogContext } from "botbuilder-dialogs/lib/dialogContext.js";
import { DialogSet } from "botbuilder-dialogs/lib/dialogSet.js";
import { advance, begin } from "./form/advance.ts";
import type { Move, Stack } from "./stack.ts";

const MOVE = Symbol("move");

/** Runs any form: the stack holds its state, `advance` decides, and what is said is decided from the state afterwards. */
class FormDialog extends Dialog {
  override async beginDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const move = moveOf(dc);
    if (move.do !== "begin") return dc.endDialog();
    stateOf(dc).state = begin(move.form, move.n, move.known, move.facts);
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const move = moveOf(dc);
    switch (move.do) {
      case "begin":
        return dc.replaceDialog(this.id);
      case "step":
        stateOf(dc).state = advance(move.form, stateOf(dc).state, move.input, move.facts);
        return Dialog.EndOfTurn;
      case "note":
        stateOf(dc).state = move.state;
        return Dialog.EndOfTurn;
      case "end":
        return dc.endDialog();
    }
  }
}

const moveOf = (dc: DialogContext): Move => dc.context.turnState.get(MOVE) as Move;
const stateOf = (dc: DialogContext): Stack["dialogStack"][number] => {
  if (!dc.activeDialog) throw new Error("no dialog is open");
  return dc.activeDialog as Stack["dialogStack"][number];
};

/** No channel stands behind a turn here: nothing is sent by a dialog, replies are values. */
class NoChannel extends BotAdapter {
  override async sendActivities(): Promise<never> {
    throw new Error("a dialog sends nothing by itself");
  }
  override async updateActivity(): Promise<never> {
    throw new Error("a dialog sends nothing by itself");
  }
  override async deleteActivity(): Promise<never> {
    throw new Error("a dialog sends nothing by itself");
  }
  override async continueConversation(): Promise<never> {
    throw new Error("a dialog begins nothing by itself");
  }
}

const FORM = "form";
const dialogs = new DialogSet().add(new FormDialog(FORM));
const adapter = new NoChannel();

/** One move on a stack. Gives the stack after it, undefined when it is empty; the one given stays as it was. */
export async function run(stack: Stack | undefined, move: Move): Promise<Stack | undefined> {
  const state = structuredClone(stack ?? { dialogStack: [] }) as { dialogStack: [] };
  const context = new TurnContext(adapter, { type: "message" });
  context.turnState.set(MOVE, move);
  const dc = new DialogContext(dialogs, context, state);
  if (move.do === "end") await dc.cancelAllDialogs();
  else if (dc.activeDialog) await dc.continueDialog();
  else if (move.do === "begin") await dc.beginDialog(FORM);
  return state.dialogStack.length > 0 ? (state as unknown as Stack) : undefined;
}
