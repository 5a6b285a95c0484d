using System.Text;

namespace Copper.Sandbox.Files;

/// <summary>One field of a multipart/form-data body.</summary>
internal sealed record MultipartField(string Name, byte[] Content)
{
    public string Text => Encoding.UTF8.GetString(Content);
}

/// <summary>Parses a multipart/form-data body, keeping the order of the fields: the storage insists on it.</summary>
internal static class MultipartForm
{
    private static readonly byte[] LineEnd = [(byte)'\r', (byte)'\n'];
    private static readonly byte[] HeaderEnd = [(byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'];

    /// <summary>The fields in order, or null if the body is not well formed.</summary>
    public static IReadOnlyList<MultipartField>? Parse(string? contentType, byte[] body)
    {
        if (Parameter(contentType, "boundary") is not { } boundary)
        {
            return null;
        }

        byte[] delimiter = Encoding.ASCII.GetBytes("--" + boundary);
        var fields = new List<MultipartField>();
        int position = IndexOf(body, delimiter, 0);
        while (position >= 0)
        {
            int start = position + delimiter.Length;
            if (start + 1 < body.Length && body[start] == '-' && body[start + 1] == '-')
            {
                return fields;
            }

            int headerEnd = IndexOf(body, HeaderEnd, start);
            int next = headerEnd < 0 ? -1 : IndexOf(body, [.. LineEnd, .. delimiter], headerEnd);
            if (next < 0 || FieldName(body, start, headerEnd) is not { } name)
            {
                return null;
            }

            int contentStart = headerEnd + HeaderEnd.Length;
            byte[] content = new byte[Math.Max(0, next - contentStart)];
            Array.Copy(body, contentStart, content, 0, content.Length);
            fields.Add(new MultipartField(name, content));
            position = next + LineEnd.Length;
        }

        return null;
    }

    private static string? FieldName(byte[] body, int start, int end)
    {
        string headers = Encoding.UTF8.GetString(body, start, end - start);
        string? disposition = headers.Split(['\n']).FirstOrDefault(line =>
            line.StartsWith("Content-Disposition:", StringComparison.OrdinalIgnoreCase));
        return Parameter(disposition?.Trim(), "name");
    }

    /// <summary>A parameter of a header value, with or without quotation marks.</summary>
    private static string? Parameter(string? header, string name)
    {
        foreach (string part in (header ?? "").Split([';']).Skip(1))
        {
            string[] pair = part.Split(['='], 2);
            if (pair.Length == 2 && string.Equals(pair[0].Trim(), name, StringComparison.OrdinalIgnoreCase))
            {
                return pair[1].Trim().Trim('"');
            }
        }

        return null;
    }

    private static int IndexOf(byte[] body, byte[] pattern, int start)
    {
        int index = body.AsSpan(start).IndexOf(pattern);
        return index < 0 ? -1 : start + index;
    }
}
