using Copper.Client.Models;

namespace Copper.Client;

/// <summary>What is to change on a type of activities.</summary>
public sealed class CustomActivityTypeUpdate : CustomActivityTypeFields, IRecordChanges<CopperCustomActivityType>;
