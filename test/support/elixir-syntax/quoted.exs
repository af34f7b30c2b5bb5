# Prints how Elixir's own parser reads files, in the form that canonical.ts describes.
#   elixir quoted.exs LIST OUT    LIST: a file with one path a line; OUT gets one line a file: "ok FORM" or "error LINE:COLUMN MESSAGE".
defmodule Canonical do
  def file(path) do
    encoder = fn literal, meta -> {:ok, {:__literal__, meta, literal}} end
    options = [columns: true, token_metadata: true, literal_encoder: encoder, emit_warnings: false]

    case Code.string_to_quoted(File.read!(path), options) do
      {:ok, quoted} -> ["ok ", form(quoted)]
      {:error, {meta, message, token}} -> ["error ", position(meta), ?\s, text(inspect({message, token}))]
    end
  rescue
    error -> ["error 0:0 ", text(Exception.message(error))]
  end

  defp form({:__literal__, meta, literal}), do: literal(literal, meta)
  defp form(list) when is_list(list), do: ["(list*", forms(list), ?)]
  defp form({left, right}), do: ["(pair", forms([left, right]), ?)]
  defp form({:__block__, _, args}) when is_list(args), do: ["(block", forms(args), ?)]

  defp form({:__aliases__, meta, [first | rest]}) do
    {base, names} = if is_atom(first), do: {[], [first | rest]}, else: {[?\s, form(first)], rest}
    ["(alias ", position(meta), ?\s, text(Enum.join(names, ".")), base, ?)]
  end

  defp form({{:., meta, [Access, :get]}, _, [base, key]}), do: ["(access ", position(meta), forms([base, key]), ?)]
  defp form({{:., meta, [List, :to_charlist]}, _, [parts]}), do: ["(charlist ", position(meta), parts(parts), ?)]

  defp form({{:., meta, [:erlang, :binary_to_atom]}, _, [{:<<>>, _, parts}, :utf8]}),
    do: ["(quoted_atom ", position(meta), parts(parts), ?)]

  defp form({{:., dot, [target, name]}, meta, args}) when is_atom(name) do
    parens = if meta[:no_parens], do: " no_parens", else: ""
    ["(remote ", position(dot), ?\s, position(meta), ?\s, text(name), parens, block(meta), ?\s, form(target), forms(args), ?)]
  end

  defp form({{:., dot, [callee]}, meta, args}), do: ["(apply ", position(dot), block(meta), ?\s, form(callee), forms(args), ?)]
  defp form({name, meta, context}) when is_atom(name) and is_atom(context), do: ["(var ", position(meta), ?\s, text(name), ?)]

  defp form({name, meta, args} = node) when is_atom(name) do
    delimiter = meta[:delimiter]

    case {name, args} do
      {:<<>>, parts} when delimiter != nil ->
        ["(string ", position(meta), parts(parts), ?)]

      {sigil, [{:<<>>, _, parts}, modifiers]} when delimiter != nil ->
        "sigil_" <> name = Atom.to_string(sigil)
        ["(sigil ", position(meta), ?\s, text(name), ?\s, text(List.to_string(modifiers)), parts(parts), ?)]

      _ ->
        call(node)
    end
  end

  defp form({callee, meta, args}), do: ["(nested ", position(meta), block(meta), ?\s, form(callee), forms(args), ?)]
  # The number in `&1`.
  defp form(integer) when is_integer(integer), do: Integer.to_string(integer)
  # What the parser puts in itself: the second operand of an interpolation and the like.
  defp form(atom) when is_atom(atom), do: ["(raw ", text(atom), ?)]

  defp call({name, meta, args}), do: ["(call ", position(meta), ?\s, text(name), block(meta), forms(args), ?)]

  defp literal(atom, meta) when is_atom(atom) do
    kind = if meta[:format] == :keyword, do: "(key ", else: "(atom "
    [kind, position(meta), ?\s, text(atom), ?)]
  end

  defp literal(binary, meta) when is_binary(binary), do: ["(string ", position(meta), parts([binary]), ?)]
  defp literal(float, meta) when is_float(float), do: ["(float ", position(meta), ?\s, meta[:token], ?)]

  defp literal(integer, meta) when is_integer(integer) do
    case meta[:token] do
      "?" <> _ -> ["(char ", position(meta), ?\s, Integer.to_string(integer), ?)]
      token -> ["(integer ", position(meta), ?\s, token, ?\s, Integer.to_string(integer), ?)]
    end
  end

  defp literal({left, right}, meta), do: ["(tuple ", position(meta), forms([left, right]), ?)]

  defp literal(list, meta) when is_list(list) do
    if meta[:delimiter],
      do: ["(charlist ", position(meta), parts([List.to_string(list)]), ?)],
      else: ["(list ", position(meta), forms(list), ?)]
  end

  defp parts(parts) do
    for part <- parts, part != "" do
      case part do
        binary when is_binary(binary) -> [?\s, text(binary)]
        {:"::", meta, [{{:., _, [Kernel, :to_string]}, _, [inside]}, {:binary, _, nil}]} -> interpolation(meta, inside)
        {{:., meta, [Kernel, :to_string]}, _, [inside]} -> interpolation(meta, inside)
      end
    end
  end

  defp interpolation(meta, inside), do: [" (interpolation ", position(meta), ?\s, form(inside), ?)]

  defp block(meta) do
    case meta[:do] do
      nil -> []
      begin -> [" do ", position(begin), ?\s, position(meta[:end])]
    end
  end

  defp forms(list), do: Enum.map(list, &[?\s, form(&1)])
  defp position(meta), do: [Integer.to_string(meta[:line] || 0), ?:, Integer.to_string(meta[:column] || 0)]

  defp text(atom) when is_atom(atom), do: text(Atom.to_string(atom))
  defp text(binary), do: [?", escape(binary, []), ?"]

  defp escape(<<c, rest::binary>>, acc) when c in [?\\, ?"], do: escape(rest, [acc, ?\\, c])
  defp escape(<<?\n, rest::binary>>, acc), do: escape(rest, [acc, "\\n"])
  defp escape(<<c::utf8, rest::binary>>, acc), do: escape(rest, [acc, <<c::utf8>>])
  defp escape(<<c, rest::binary>>, acc), do: escape(rest, [acc, "\\x", Integer.to_string(c, 16)])
  defp escape(<<>>, acc), do: acc
end

[list, out] = System.argv()
paths = list |> File.read!() |> String.split("\n", trim: true)

File.open!(out, [:write, :raw, :delayed_write], fn device ->
  paths
  |> Task.async_stream(&IO.iodata_to_binary(Canonical.file(&1)), ordered: true, timeout: :infinity, max_concurrency: 2)
  |> Enum.each(fn {:ok, line} -> :file.write(device, [line, ?\n]) end)
end)
