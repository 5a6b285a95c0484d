using Copper.Client.Entities;
using Copper.Client.Models;

namespace Copper.Client.Records;

/// <summary>What is to change on an activity.</summary>
public sealed class ActivityUpdate : ActivityFields, IRecordChanges<CopperActivity>;
