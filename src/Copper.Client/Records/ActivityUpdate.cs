using Copper.Client.Models;

namespace Copper.Client;

/// <summary>What is to change on an activity.</summary>
public sealed class ActivityUpdate : ActivityFields, IRecordChanges<CopperActivity>;
