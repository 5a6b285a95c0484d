# How ./build.ps1 docs brings a page of the help in step with its cmdlet: the facts of today, and what was written by hand.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    . (Get-RepositoryPath build child PageMerge.ps1)
    $fresh = @'
---
title: Get-CopperThing
---

## DESCRIPTION

{{ Fill in the Description }}

## EXAMPLES

### Example 1

## PARAMETERS

### -Id

{{ Fill Id Description }}

```yaml
Type: System.Int64
DefaultValue: ''
```

## INPUTS

### System.Int64

{{ Fill in the Description }}

## OUTPUTS

### Copper.Thing

{{ Fill in the Description }}

## NOTES
'@ -replace '\r\n', "`n"
    $present = @'
---
title: Get-CopperThing
---

## DESCRIPTION

What it does.

## EXAMPLES

### Example 1: All

```output
One


Two
```

## PARAMETERS

### -Id

The number.

```yaml
Type: System.Int32
DefaultValue: 7
```

### -Gone

Is no more.

```yaml
Type: System.String
DefaultValue: ''
```

## INPUTS

### System.Int32

### System.IO.FileInfo

A file with ids.

## OUTPUTS

### Thing.Row

With -AsRow.

### Copper.Thing

A thing.

## NOTES

As before.
'@ -replace '\r\n', "`n"
    $merged = Merge-Page -Fresh $fresh -Present $present
}

Describe 'A page that is brought in step with its cmdlet' {
    It 'keeps what was written, also two empty lines of an output' {
        $merged | Should -Match "## DESCRIPTION\n\nWhat it does\.\n\n## EXAMPLES\n\n### Example 1: All\n\n``````output\nOne\n\n\nTwo\n"
        $merged | Should -Match "## NOTES\n\nAs before\."
    }

    It 'has the parameters of today, with the texts and defaults that were written' {
        $merged | Should -Match "### -Id\n\nThe number\.\n\n``````yaml\nType: System\.Int64\nDefaultValue: 7\n"
        $merged | Should -Not -Match '-Gone'
    }

    It 'has the types of today first, then others if something is written about them' {
        $merged | Should -Match "## OUTPUTS\n\n### Copper\.Thing\n\nA thing\.\n\n### Thing\.Row\n\nWith -AsRow\.\n\n## NOTES"
        [regex]::Matches($merged, '(?s)## INPUTS.*## OUTPUTS').Value |
            Should -Be ("## INPUTS`n`n### System.Int64`n`n{{ Fill in the Description }}`n`n" +
                "### System.IO.FileInfo`n`nA file with ids.`n`n## OUTPUTS")
    }

    It 'stays as it is the next time' {
        (Merge-Page -Fresh $fresh -Present $merged).TrimEnd() | Should -BeExactly $merged.TrimEnd()
    }
}
