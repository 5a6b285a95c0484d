using System.Collections;
using System.Management.Automation;
using Copper.Client;

namespace CopperPS.Binding;

/// <summary>Makes a request body of a hashtable, an object or JSON text.</summary>
internal static class JsonBodies
{
    /// <exception cref="ArgumentException">It is no JSON object, and cannot be turned into one.</exception>
    public static JsonBody? From(object? value)
    {
        switch (value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value)
        {
            case null:
                return null;
            case string text:
                return JsonBody.Parse(text);
            case IDictionary dictionary:
                var body = new JsonBody();
                foreach (DictionaryEntry member in dictionary)
                {
                    body[RequestValueConverter.KeyOf(member)] = RequestValueConverter.Raw(member.Value);
                }

                return body;
            case PSObject record:
                var fields = new JsonBody();
                foreach (var property in record.Properties)
                {
                    fields[property.Name] = RequestValueConverter.Raw(property.Value);
                }

                return fields;
            case { } other:
                throw new ArgumentException($"A body is a hashtable, an object or JSON text, not a {other.GetType().Name}.");
        }
    }
}
