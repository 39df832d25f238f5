import { useEffect, useRef } from "preact/hooks";

/**
 * A file that is pasted or dropped anywhere in the chat. What is in it never leaves this browser, nor does its name:
 * only its type is told, so that the desk can say where papers go.
 */
export function useFiles(tell: (types: readonly string[]) => void): void {
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => {
    const take = (event: Event, data: DataTransfer | null) => {
      if (!data || data.files.length === 0) return;
      event.preventDefault();
      latest.current([...data.files].map(({ type }) => type));
    };
    const onPaste = (event: ClipboardEvent) => {
      // What is copied from a document often brings a picture of itself: the words count.
      if (!event.clipboardData?.types.includes("text/plain")) take(event, event.clipboardData);
    };
    const onDrop = (event: DragEvent) => take(event, event.dataTransfer);
    // Without this the browser would open the file in the place of the chat.
    const onDragOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    addEventListener("paste", onPaste);
    addEventListener("drop", onDrop);
    addEventListener("dragover", onDragOver);
    return () => {
      removeEventListener("paste", onPaste);
      removeEventListener("drop", onDrop);
      removeEventListener("dragover", onDragOver);
    };
  }, []);
}
