using Copper.Client.Metadata;

namespace Copper.Client.Tests.Names;

public sealed class NameSuggestionsTests
{
    private static readonly string[] Stages = ["Qualified", "Negotiation", "Contract Sent", "Due"];

    [Theory]
    [InlineData("Negotation", "Did you mean 'Negotiation'? There are also: Qualified, Contract Sent, Due.")]
    [InlineData("ngeotiation", "Did you mean 'Negotiation'? There are also: Qualified, Contract Sent, Due.")]
    [InlineData("sent", "Did you mean 'Contract Sent'? There are also: Qualified, Negotiation, Due.")]
    [InlineData("Deu", "Did you mean 'Due'? There are also: Qualified, Negotiation, Contract Sent.")]
    [InlineData("Archive", "There are: Qualified, Negotiation, Contract Sent, Due.")]
    [InlineData("", "There are: Qualified, Negotiation, Contract Sent, Due.")]
    public void What_was_probably_meant_comes_first_and_the_others_in_their_own_order(string sought, string text) =>
        Assert.Equal(text, NameSuggestions.Of(sought, Stages, "None."));

    [Fact]
    public void Names_that_are_equally_near_are_named_together_unless_they_are_many()
    {
        Assert.Equal("Did you mean 'Tag 1' or 'Tag 2'?", NameSuggestions.Of("Tag", ["Tag 1", "Tag 2"], "None."));
        Assert.Equal("There are: Tag 1, Tag 2, Tag 3, Tag 4.", NameSuggestions.Of("Tag", ["Tag 1", "Tag 2", "Tag 3", "Tag 4"], "None."));
    }

    [Fact]
    public void A_long_list_is_cut_and_an_empty_one_says_so()
    {
        var names = Enumerable.Range(10, 20).Select(static number => $"Item {number}").ToArray();

        Assert.EndsWith(", Item 21 and 8 more.", NameSuggestions.Of("Other", names, "None."), StringComparison.Ordinal);
        Assert.Equal("None.", NameSuggestions.Of("Other", Array.Empty<string>(), "None."));
    }
}
