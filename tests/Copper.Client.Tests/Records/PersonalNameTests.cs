using Copper.Client.Models;

namespace Copper.Client.Tests.Records;

/// <summary>The full name of somebody and its parts.</summary>
public class PersonalNameTests
{
    [Theory]
    [InlineData("Dr.", "Ada", "King", "Lovelace", "Jr.", "Dr. Ada King Lovelace Jr.")]
    [InlineData(null, "Ada", null, "Lovelace", null, "Ada Lovelace")]
    [InlineData("", " Ada ", " ", "van  der Berg", "", "Ada van der Berg")]
    [InlineData(null, "Cher", null, null, null, "Cher")]
    [InlineData(null, null, " ", "", null, "")]
    public void The_full_name_has_the_parts_in_order(
        string? prefix, string? first, string? middle, string? last, string? suffix, string expected) =>
        Assert.Equal(expected, new PersonalName(prefix, first, middle, last, suffix).FullName);

    [Fact]
    public void A_record_whose_name_is_not_kept_in_parts_has_all_of_it_in_the_first()
    {
        var name = PersonalName.Of(new CopperPerson { Id = 1, Name = "Ada Lovelace", LastName = " " });

        Assert.Equal("Ada Lovelace", name.First);
        Assert.Equal("Dr. Ada Lovelace", (name with { Prefix = "Dr." }).FullName);
    }

    [Fact]
    public void A_record_whose_name_is_kept_in_parts_has_them()
    {
        var lead = new CopperLead { Id = 1, Name = "The Countess", Prefix = string.Empty, FirstName = "Ada", LastName = "Lovelace" };

        var name = PersonalName.Of(lead);

        Assert.Equal(new PersonalName(null, "Ada", null, "Lovelace", null), name);
    }

    [Theory]
    [InlineData("Jo van Berg", null, null, "van Berg", null, "Jo", null, "van Berg")]
    [InlineData("Jo van Berg", null, "Jo", null, null, "Jo", null, "van Berg")]
    [InlineData("Ada King Lovelace", null, "Ada", "Lovelace", null, "Ada", "King", "Lovelace")]
    [InlineData("Dr. Tobias Adler", "Dr.", null, null, "Dr.", "Tobias Adler", null, null)]
    [InlineData("Berg", null, null, "van Berg", null, null, null, "van Berg")]
    [InlineData("Joe", null, "Jo", null, null, "Jo", null, null)]
    public void What_the_parts_leave_out_of_the_name_stands_in_its_place(
        string fullName, string? prefix, string? first, string? last, string? wantedPrefix, string? wantedFirst, string? wantedMiddle,
            string? wantedLast)
    {
        var name = PersonalName.Of(new CopperPerson { Id = 1, Name = fullName, Prefix = prefix, FirstName = first, LastName = last });

        Assert.Equal(new PersonalName(wantedPrefix, wantedFirst, wantedMiddle, wantedLast, null), name);
    }

    [Theory]
    [InlineData("Ada Lovelace", true)]
    [InlineData("  ada   LOVELACE ", true)]
    [InlineData("Ada Byron", false)]
    [InlineData(null, false)]
    public void Spaces_and_case_do_not_tell_names_apart(string? fullName, bool isNamed) =>
        Assert.Equal(isNamed, new PersonalName(null, "Ada", null, "Lovelace", null).IsNamed(fullName));
}
