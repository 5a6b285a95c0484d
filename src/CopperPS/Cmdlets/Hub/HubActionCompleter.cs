using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CopperPS.Binding.Completers;

namespace CopperPS.Cmdlets.Hub;

/// <summary>Offers the documented actions but login, which the session does itself. Others may be typed all the same.</summary>
public sealed class HubActionCompleter : IArgumentCompleter
{
    private static readonly (string Action, string What)[] Actions =
    [
        ("check_session", "Whether the session lives"),
        ("create_organisation", "data"),
        ("create_project", "data"),
        ("create_task", "data"),
        ("create_taskcomment", "data"),
        ("delete_organisation", "id, confirm_delete = 1"),
        ("delete_project", "id, confirm_delete = 1"),
        ("delete_task", "id, confirm_delete = 1"),
        ("delete_taskcomment", "id, confirm_delete = 1"),
        ("get_organisations", "All organisations"),
        ("get_project_tasks", "id of the project"),
        ("get_projects", "All projects that the user may see"),
        ("logout", "Ends the session"),
        ("read_organisation", "id"),
        ("read_project", "id"),
        ("read_task", "id"),
        ("read_taskcomment", "id"),
        ("update_organisation", "id, data"),
        ("update_project", "id, data"),
        ("update_task", "id, data"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(Actions, wordToComplete, static action => (action.Action, action.What));
}
