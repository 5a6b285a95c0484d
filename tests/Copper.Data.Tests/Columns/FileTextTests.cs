using Copper.Data.Columns;

namespace Copper.Data.Tests.Columns;

/// <summary>Files that were read in another encoding, or with another delimiter, than they were written in.</summary>
public class FileTextTests
{
    [Theory]
    [InlineData("Name;Email;City", "the delimiter ';'.")]
    [InlineData("Name\tEmail", @"the delimiter '\t'.")]
    [InlineData("Name|Email", "the delimiter '|'.")]
    [InlineData("Name,Email", "the delimiter ','.")]
    [InlineData("sep=;", "with the delimiter ';'.")]
    [InlineData("N\0a\0m\0e\0", "the encoding UTF-16.")]
    [InlineData("\0N\0a\0m\0e", "the encoding UTF-16 BE.")]
    [InlineData("Stra\uFFFDe", "the encoding Windows-1252")]
    [InlineData("Stra\u00C3\u0178e", "the encoding UTF-8.")]
    public void A_single_heading_tells_how_the_file_has_to_be_read(string heading, string advice) =>
        Assert.Contains(advice, FileText.ProblemOfHeadings([heading]));

    [Fact]
    public void Headings_of_a_file_that_was_read_well_are_no_problem()
    {
        Assert.Null(FileText.ProblemOfHeadings([]));
        Assert.Null(FileText.ProblemOfHeadings(["Name"]));
        Assert.Null(FileText.ProblemOfHeadings(["Revenue; net", "Größe", "Name"]));
    }

    [Theory]
    [InlineData("J\uFFFDrg M\uFFFDller", "the encoding Windows-1252")]
    [InlineData("J\u00C3\u00B6rg", "the encoding UTF-8.")]
    [InlineData("Zo\u00C3\u00AB", "the encoding UTF-8.")]
    [InlineData("M\u00C3\u0153ller", "the encoding UTF-8.")]
    [InlineData("2020\u00E2\u20AC\u201C2021", "the encoding UTF-8.")]
    [InlineData("Ada\u00E2\u20AC\u2122s", "the encoding UTF-8.")]
    public void A_text_that_nobody_wrote_is_told(string text, string advice) => Assert.Contains(advice, FileText.ProblemOf(text));

    [Theory]
    [InlineData("")]
    [InlineData("Jörg Müller")]
    [InlineData("SÃO PAULO")]
    [InlineData("João, Conceição, Ã")]
    [InlineData("pâté à 5 €")]
    [InlineData("â € 5")]
    [InlineData("山田太郎 – “quoted”…")]
    public void A_text_of_any_language_is_no_problem(string text) => Assert.Null(FileText.ProblemOf(text));
}
