namespace Copper.Sandbox.Demo;

/// <summary>Words the demo data is put together from.</summary>
internal static class DemoWords
{
    public static string[] CompanyFirstWords { get; } =
    [
        "Northwind", "Bluebird", "Evergreen", "Summit", "Harbor", "Silverline", "Redwood", "Granite", "Lakeside", "Brightwater",
        "Ironbridge", "Cedar", "Falcon", "Meridian", "Aurora", "Copperfield", "Stonegate", "Windmill", "Juniper", "Polaris",
        "Amber", "Cobalt", "Willow", "Beacon", "Atlas", "Orchard", "Saffron", "Tidewater", "Highland", "Mosaic",
    ];

    public static string[] CompanySecondWords { get; } =
    [
        "Logistics", "Software", "Foods", "Consulting", "Robotics", "Textiles", "Energy", "Media", "Analytics", "Pharma",
        "Architects", "Furniture", "Automation", "Insurance", "Travel", "Instruments", "Breweries", "Publishing", "Solar", "Design",
    ];

    public static string[] JobTitles { get; } =
    [
        "Chief Executive Officer", "Chief Financial Officer", "Head of Purchasing", "Sales Manager", "Marketing Director",
        "Operations Manager", "IT Manager", "Software Engineer", "Office Manager", "Product Manager", "Account Executive",
        "Controller", "Research Lead", "Managing Partner", "Customer Success Manager",
    ];

    public static string[] Tags { get; } =
    [
        "vip", "newsletter", "partner", "supplier", "trade fair", "webinar", "referral", "press", "investor", "alumni", "beta tester",
        "key account", "do not call", "christmas card", "conference 2025", "conference 2026", "decision maker", "technical contact",
        "invoice by post", "french speaking", "german speaking", "returning customer", "dormant", "reseller", "public sector",
        "nonprofit", "startup", "enterprise", "pilot", "priority support",
    ];

    public static string[] DealSubjects { get; } =
    [
        "Annual licence", "Pilot project", "Hardware renewal", "Support contract", "Website relaunch", "Training package",
        "Data migration", "Warehouse extension", "Fleet leasing", "Consulting days", "Cloud move", "Packaging line",
    ];

    public static string[] TaskSubjects { get; } =
    [
        "Call back", "Send offer", "Prepare demo", "Check references", "Follow up", "Book meeting room", "Update address",
        "Send contract", "Ask for feedback", "Plan kick-off", "Review invoice", "Send samples",
    ];

    public static string[] ProjectSubjects { get; } =
    [
        "Onboarding", "Implementation", "Rollout", "Audit", "Relocation", "Relaunch", "Integration", "Quality review",
    ];

    public static string[] Notes { get; } =
    [
        "Prefers e-mail to phone calls.", "Met at the trade fair, wants a demo.", "Asked for the new price list.",
        "Contract runs until the end of the year.", "Interested in a pilot with two teams.", "Moved to a new office.",
        "Budget is decided in March.", "Very happy with the support.", "Compares us with two competitors.",
        "Wants to be called after the holidays.",
    ];

    public static string[] MailProviders { get; } = ["mail.example", "inbox.example", "post.example", "letters.example"];
}
