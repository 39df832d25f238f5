import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import { parse } from "yaml";
import { ROOT } from "./repository.ts";

/** Beside the project, or where MADOGUCHI_SPECS says. */
const SPEC = join(process.env.MADOGUCHI_SPECS ?? join(ROOT, "../shared/specs"), "line-messaging-api.yml");

interface Schema {
  $ref?: string;
  type?: string;
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
  discriminator?: { propertyName: string; mapping: Record<string, string> };
  [key: string]: unknown;
}

/** Whether LINE's own description is here; a clone without it goes by the table of limits alone. */
export const hasSpec = (): boolean => existsSync(SPEC);

let schemas: Record<string, Schema> | undefined;
const compiled = new Map<string, ValidateFunction>();

/**
 * What LINE's official description says against a value of one of its schemas. As it stands, a `discriminator` beside
 * `allOf` lets any body pass: here the type chooses the schema, and no schema takes a field that it does not name.
 */
export function specProblems(schema: string, value: unknown): string[] {
  schemas ??= strict(parse(readFileSync(SPEC, "utf8")).components.schemas as Record<string, Schema>);
  const known = compiled.get(schema);
  const validate = known ?? compile(schemas, schema);
  compiled.set(schema, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    (e) => `${e.instancePath} ${e.message ?? ""} ${JSON.stringify(e.params)}`,
  );
}

function compile(all: Record<string, Schema>, name: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: false });
  formats.default(ajv);
  ajv.addFormat("int32", true);
  return ajv.compile({ $defs: all, $ref: `#/$defs/${name}` });
}

/** The schemas of what is sent, each with all of its fields and no others. */
function strict(all: Record<string, Schema>): Record<string, Schema> {
  const names = Object.keys(all);
  const nameOf = (ref: string) => ref.split("/").at(-1) ?? "";
  const fields = (schema: Schema): { properties: Record<string, Schema>; required: string[] } => {
    const own = schema.$ref ? (all[nameOf(schema.$ref)] ?? {}) : schema;
    const parents = (own.allOf ?? []).map(fields);
    return {
      properties: Object.assign({}, ...parents.map((p) => p.properties), own.properties) as Record<
        string,
        Schema
      >,
      required: [...parents.flatMap((p) => p.required), ...(own.required ?? [])],
    };
  };
  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) =>
        key === "$ref" && typeof one === "string" ? [key, `#/$defs/${nameOf(one)}`] : [key, moved(one)],
      ),
    );
  };
  const out: Record<string, Schema> = {};
  for (const name of names) {
    const schema = all[name] ?? {};
    if (schema.discriminator) {
      const { propertyName, mapping } = schema.discriminator;
      out[name] = {
        type: "object",
        required: [propertyName],
        properties: { [propertyName]: { enum: Object.keys(mapping) } },
        allOf: Object.entries(mapping).map(([type, ref]) => ({
          if: { properties: { [propertyName]: { const: type } } },
          // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
          then: { $ref: `#/$defs/${nameOf(ref)}` },
        })),
      };
    } else if (schema.allOf || schema.properties) {
      const { properties, required } = fields(schema);
      out[name] = {
        type: "object",
        properties: moved(properties) as Record<string, Schema>,
        ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
        additionalProperties: false,
      };
    } else out[name] = moved(schema) as Schema;
  }
  return out;
}
