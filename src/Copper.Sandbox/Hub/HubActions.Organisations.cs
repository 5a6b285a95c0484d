namespace Copper.Sandbox.Hub;

internal static partial class HubActions
{
    private const string OrganisationWord = "organization";

    private static HubResponse CreateOrganisation(HubState state, HubCall call)
    {
        var data = call.Data();
        HubSchema.Organisation.Check(data, isUpdate: false);
        var organisation = state.Organisations.Add();
        organisation["Colour"] = HubSchema.DefaultColour;
        organisation["Manager"] = HubNumbers.Text(call.User!.Id);
        HubSchema.Write(organisation, data);
        return Created(OrganisationWord, organisation);
    }

    private static HubResponse ReadOrganisation(HubState state, HubCall call)
    {
        var organisation = state.Organisation(call.Id());
        return Shown(
            state,
            HubSchema.Organisation,
            organisation,
            ("Name", organisation["Name"]),
            ("Manager", organisation["Manager"]),
            ("Colour", organisation["Colour"]),
            ("url", $"{Origin}people&action=view_organisation&id={HubNumbers.Text(organisation.Id)}"));
    }

    private static HubResponse UpdateOrganisation(HubState state, HubCall call)
    {
        var organisation = state.Organisation(call.Id());
        var data = call.Data();
        HubSchema.Organisation.Check(data, isUpdate: true);
        HubSchema.Write(organisation, data);
        return Updated(OrganisationWord, organisation);
    }

    private static HubResponse DeleteOrganisation(HubState state, HubCall call) =>
        Deleted(state, call, OrganisationWord, state.Organisations, state.Organisation(call.Id()));

    private static HubResponse GetOrganisations(HubState state, HubCall call) => Listed(
        state,
        "organisations",
        state.Organisations.All,
        static organisation => [("Name", organisation["Name"]), ("State", organisation["State"])]);
}
