using Copper.Client.Entities;
using Copper.Client.Models;

namespace Copper.Client.Records;

/// <summary>What is to change on a type of activities.</summary>
public sealed class CustomActivityTypeUpdate : CustomActivityTypeFields, IRecordChanges<CopperCustomActivityType>;
