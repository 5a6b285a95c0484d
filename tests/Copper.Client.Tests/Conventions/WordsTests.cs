using System.Reflection;
using System.Text.RegularExpressions;
using Copper.Client.Json;
using Copper.Data;

namespace Copper.Client.Tests.Conventions;

/// <summary>
/// The libraries are for C# programs too: what they say names no cmdlet and no parameter. The module says it in its own words, see
/// <see cref="ErrorWords"/>.
/// </summary>
public sealed class WordsTests
{
    /// <summary>Names of cmdlets, parameters, and values as PowerShell writes them, within the quotes of a text.</summary>
    private static readonly Regex PowerShell = new(
        "\"[^\"]*("
        + @"(?<![\w-])(Add|Backup|Clear|Compare|Connect|Convert|ConvertFrom|ConvertTo|Disconnect|Export|Find|ForEach|Get|Group|Import|"
        + @"Invoke|Measure|Merge|Move|New|Out|Read|Receive|Register|Remove|Rename|Resolve|Restore|Resume|Select|Send|Set|Sort|Start|Stop|"
        + @"Sync|Test|Undo|Unregister|Update|Use|Wait|Watch|Where|Write)-(?!Cookie)([A-Z][A-Za-z]+|(?=[ .""]))"
        + @"|(?<=[ ""'(])-[A-Z][A-Za-z]+|\$(null|true|false|_)\b|\bPowerShell\b|\bcmdlets?\b|\bhashtable\b)");

    /// <summary>PowerShell, its cmdlets and operators, and variables as it writes them.</summary>
    private static readonly Regex OfShell = new(
        @"PowerShell|\bcmdlets?\b|\$[a-z_]\w*|\b[A-Z][a-z]+-(Copper|Object|Csv|Json|List)\w*|(?<=[ ('])-[A-Z][a-z]\w+|\bhashtables?\b");

    [Theory]
    [InlineData("Copper.Client")]
    [InlineData("Copper.Data")]
    public void No_text_of_a_library_speaks_PowerShell(string project)
    {
        var spoken =
            from file in SourceTree.Files(project)
            from line in file.Lines.Select(static (text, place) => (Text: text.Trim(), Number: place + 1))
            where !line.Text.StartsWith("//", StringComparison.Ordinal) && PowerShell.IsMatch(line.Text)
            select $"{file.Path}:{line.Number}: {line.Text}";

        Assert.True(
            !spoken.Any(),
            "a text names a cmdlet, a parameter or a value as PowerShell writes it. Say it for C# programs, and in PowerShellWords for the "
            + "module (Advice in Copper.Data, members of ErrorWords in Copper.Client):\n" + string.Join("\n", spoken));
    }

    [Theory]
    [InlineData("Copper.Client")]
    [InlineData("Copper.Data")]
    public void No_comment_of_a_member_speaks_of_PowerShell(string project)
    {
        var spoken =
            from file in SourceTree.Files(project)
            from line in file.Lines.Select(static (text, place) => (Text: text.Trim(), Number: place + 1))
            where line.Text.StartsWith("///", StringComparison.Ordinal) && OfShell.IsMatch(line.Text)
            select $"{file.Path}:{line.Number}: {line.Text}";

        Assert.True(!spoken.Any(), "a C# reader does not know what this speaks of. Say it in C#:\n" + string.Join("\n", spoken));
    }

    [Theory]
    [InlineData("\"Take it back with Undo-CopperChange.\"")]
    [InlineData("\"Add -Resume to go on.\"")]
    [InlineData("+ \"-SuppressionPath begins one.\"")]
    [InlineData("$\"{reason}. -OnConflict says it.\"")]
    [InlineData("\"added by Set- with it\"")]
    [InlineData("\"no $null\"")]
    public void Such_a_text_is_recognized(string line) => Assert.Matches(PowerShell, line);

    [Theory]
    [InlineData("\"Content-Type\", \"Set-Cookie\"")]
    [InlineData("\"Comma-Separated - Values -1\"")]
    public void Another_text_is_not(string line) => Assert.DoesNotMatch(PowerShell, line);

    [Fact]
    public void The_module_has_words_for_every_advice()
    {
        var words = SourceTree.Text("src", "CopperPS", "Core", "PowerShellWords.cs");
        var names = typeof(Advice).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => field.Name).ToArray();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(
            Regex.IsMatch(words, $@"\bAdvice\.{name} =>"), $"PowerShellWords.Advise has no words for Advice.{name}."));
    }

    [Fact]
    public void Every_member_with_words_is_one_of_the_module_too()
    {
        var words = SourceTree.Text("src", "CopperPS", "Core", "PowerShellWords.cs");
        var members = typeof(ErrorWords).GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(static member => member is PropertyInfo or MethodInfo { IsSpecialName: false, IsVirtual: true });

        Assert.All(members, member => Assert.True(
            Regex.IsMatch(words, $@"\boverride string {member.Name}\b"), $"PowerShellWords does not override {member.Name}."));
    }
}
