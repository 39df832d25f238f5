/**
 * In the page of a host: draws cards with Microsoft's library below each other, in the place of those before. What their
 * buttons tell is kept in `told`. Whatever the library hands on as Markdown stands in a <mark>, so that it can be found.
 */
globalThis.drawCards = ({ cards, config }) => {
  const AC = globalThis.AdaptiveCards;
  const main = document.querySelector("main");
  main.replaceChildren();
  globalThis.told = [];
  AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
    const mark = document.createElement("mark");
    mark.style.all = "unset";
    mark.textContent = text;
    result.didProcess = true;
    result.outputHtml = mark.outerHTML;
  };
  return cards.map((json) => {
    const context = new AC.SerializationContext(AC.Versions.v1_5);
    const card = new AC.AdaptiveCard();
    card.hostConfig = new AC.HostConfig(config);
    card.onExecuteAction = (action) =>
      globalThis.told.push({ type: action.getJsonTypeName(), data: action.data, url: action.url });
    card.parse(json, context);
    const warnings = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
    for (const { errors } of card.validateProperties().failures ?? [])
      warnings.push(...errors.map(({ message }) => message));
    const holder = document.createElement("div");
    holder.className = "card";
    holder.append(card.render());
    main.append(holder);
    return { warnings, text: holder.textContent ?? "" };
  });
};
