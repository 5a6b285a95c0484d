using Copper.Client.Json;
using Copper.SandboxHost.Faults;
using Copper.SandboxHost.Pipeline;

namespace Copper.Client.Tests.ChangePolicy;

/// <summary>
/// The vendor changes responses without a word as long as it is "backwards compatible" (developer.copper.com/introduction/change_policy).
/// Each kind of change is applied to each response that the client reads: nothing may break, and nothing may be lost.
/// </summary>
public class ChangedResponseTests
{
    /// <summary>Without those of which the client needs only a word: a relation, which is as it was asked for, and an upload, which has a
    /// permission of its own.</summary>
    public static TheoryData<string> Names => [.. Readings.Names.Where(static name => name is not ("relation made" or "file attached"))];

    public static TheoryData<string, ResponseChange> Harmless
    {
        get
        {
            var data = new TheoryData<string, ResponseChange>();
            foreach (var name in Readings.Names)
            {
                data.Add(name, ResponseChange.NewMembers);
                data.Add(name, ResponseChange.Reordered);
                data.Add(name, ResponseChange.NumbersAsText);
                data.Add(name, ResponseChange.TextAsNumbers);
                data.Add(name, ResponseChange.EditedMessages);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task What_is_known_is_read_as_before(string name, ResponseChange change)
    {
        var before = new Graph((await ReadAsync(name, ResponseChange.None)).Result);
        var after = new Graph((await ReadAsync(name, change)).Result);

        Assert.Equal(before.Values, after.Values);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Members_that_nobody_knows_come_out_of_every_object_at_every_depth(string name)
    {
        var (result, service) = await ReadAsync(name, ResponseChange.NewMembers);

        var graph = new Graph(result);
        var found = graph.Unknown.Where(static members => members.ContainsKey(ResponseChanger.NewMember)).ToList();

        // The object around the activity types is none of them: it has a member for each category, and nothing besides.
        var others = name == "activity types" ? 1 : 0;
        var sent = service.Bodies.Sum(static body => Count(body, '"' + ResponseChanger.NewMember + '"')) - others;
        Assert.NotEqual(0, sent);
        Assert.Equal(sent, found.Count + graph.SecretNames.Count(static secret => secret == ResponseChanger.NewMember));
        Assert.All(found, static members =>
        {
            Assert.Equal(["1", "two", ""], Assert.IsType<JsonArray>(members["aa_new_member"]).Select(AdditionalMembers.Text));
            var deep = Assert.IsType<AdditionalMembers>(Assert.IsType<AdditionalMembers>(members[ResponseChanger.NewMember])["deep"]);
            Assert.Equal([true, 2.5m], Assert.IsType<JsonArray>(deep["list"]));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ids_beyond_32_bits_keep_all_their_digits(string name)
    {
        var before = new Graph((await ReadAsync(name, ResponseChange.None)).Result).Values;
        var (result, service) = await ReadAsync(name, ResponseChange.BigIds);
        var after = new Graph(result);

        Assert.Equal(before.Keys.Order(), after.Values.Keys.Order());
        var shifted = 0;
        foreach (var (path, value) in after.Values.Where(value => value.Value != before[value.Key]))
        {
            Assert.Equal(long.Parse(before[path]!, null) + ResponseChanger.IdShift, long.Parse(value!, null));
            shifted++;
        }

        // What is in the response and not in a property is among the members that the module does not know.
        Assert.True(
            shifted > 0
            || after.Unknown.Any(static members => members.Values.Any(static value => value is > ResponseChanger.IdShift))
            || service.Bodies.All(static body => Count(body, "_id\"") == 0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Words_that_are_in_no_list_come_out_as_they_are(string name)
    {
        var before = new Graph((await ReadAsync(name, ResponseChange.None)).Result).Values;
        var (result, service) = await ReadAsync(name, ResponseChange.NewWords);
        var graph = new Graph(result);

        Assert.All(graph.Values, value => Assert.Contains(value.Value, new[] { before[value.Key], ResponseChanger.NewWord }));
        var sent = service.Bodies.Sum(static body => Count(body, ResponseChanger.NewWord));
        var found = graph.Values.Values.Count(static value => value == ResponseChanger.NewWord)
            + graph.Unknown.Sum(static members => members.Values.Count(static value => value as string == ResponseChanger.NewWord));
        Assert.True(found >= sent, $"{found} of {sent} came out");
    }

    [Theory]
    [InlineData(ResponseChange.Nulls)]
    [InlineData(ResponseChange.MissingMembers)]
    [InlineData(ResponseChange.NewActivities)]
    public async Task Nothing_but_an_id_is_needed(ResponseChange change)
    {
        // Of the activity types a whole category may be missing, which is another matter.
        foreach (var name in Readings.Names.Where(
            name => name != "file attached" && (name != "activity types" || change != ResponseChange.MissingMembers)))
        {
            var before = new Graph((await ReadAsync(name, ResponseChange.None)).Result).Values;
            var after = new Graph((await ReadAsync(name, change)).Result).Values;

            // Every record is still there, under the id that it had.
            Assert.All(before.Where(
                static value => value.Key is ".Id" || System.Text.RegularExpressions.Regex.IsMatch(value.Key, @"^\[\d+\]\.Id$")), value =>
                    Assert.True(
                after.TryGetValue(value.Key, out var id) && id == value.Value, $"{name}: {value.Key} is {id}, not {value.Value}"));
        }
    }

    [Fact]
    public async Task Activities_of_a_new_kind_keep_their_details_whatever_shape_they_have()
    {
        var (client, _) = await ChangingService.ReadyAsync(ResponseChange.NewActivities);

        var shapes = new HashSet<Type?>();
        await foreach (var activity in client.Activities.Search(new SearchQuery()))
        {
            Assert.Equal(("robot", 9_000_000_000), (activity.Type!.Category, activity.Type.Id));
            Assert.Equal("new", activity.Type.AdditionalMembers!["flavour"]);
            Assert.True(activity.Parent is null || activity.Parent.Type == "spaceship");
            Assert.NotNull(activity.ToString());
            shapes.Add(activity.Details?.GetType());
        }

        Assert.Superset(
            new HashSet<Type?> {
                null, typeof(string), typeof(long), typeof(bool), typeof(decimal), typeof(JsonArray), typeof(AdditionalMembers) }, shapes);
    }

    private static async Task<(object? Result, ChangingService Service)> ReadAsync(string name, ResponseChange change)
    {
        var (client, service) = await ChangingService.ReadyAsync(change);
        using (client)
        {
            return (await Readings.RunAsync(name, client), service);
        }
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
