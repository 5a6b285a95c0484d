using Copper.Data.Import;

namespace Copper.Data.Tests.Import;

public sealed class CsvTests
{
    [Fact]
    public void Rows_have_the_headings_of_the_first_line()
    {
        var rows = Read(
            "\uFEFF\"Name\",Email,Notes\r\n\"Lovelace, Ada\",ada@x.example,\"said \"\"hello\"\"\r\ntwice\"\r\n,,\r\n\nBob,\n");

        Assert.Equal(2, rows.Count);
        Assert.Equal(["Name", "Email", "Notes"], rows[0].Headings);
        Assert.Equal(
            ("Lovelace, Ada", "ada@x.example", "said \"hello\"\r\ntwice"), (rows[0]["name"], rows[0]["Email"], rows[0]["Notes"]));
        Assert.Equal(("Bob", null, null), (rows[1]["Name"], rows[1]["Email"], rows[1]["Notes"]));
        Assert.True(rows[1].Has("Notes"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Name,Email")]
    [InlineData("Name,Email\r\n")]
    public void No_row_is_no_error(string text) => Assert.Empty(Read(text));

    [Fact]
    public void Another_delimiter_leaves_commas_alone()
    {
        var row = Assert.Single(ImportRow.ReadCsv(new StringReader("Name;Value\nDeal;1.234,50"), ';'));

        Assert.Equal(("Deal", "1.234,50"), (row["Name"], row["Value"]));
    }

    [Theory]
    [InlineData("A,B\n1,2\n\"x\ny\",2,3\n", "Line 3 has 3 cells, and there are 2 headings.")]
    [InlineData("A,B\n1,\"2\n3,4\n", "Line 2 begins a cell with a quote that nothing closes.")]
    [InlineData("A,a \n1,2\n", "Two columns have one name")]
    public void What_is_not_well_formed_names_its_line(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<ImportException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static IReadOnlyList<ImportRow> Read(string text) => ImportRow.ReadCsv(new StringReader(text));
}
