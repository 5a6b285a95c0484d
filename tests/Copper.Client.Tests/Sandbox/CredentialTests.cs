namespace Copper.Client.Tests.Sandbox;

public class CredentialTests
{
    private readonly TestAccount _account = new();

    [Theory]
    [InlineData("X-PW-AccessToken")]
    [InlineData("X-PW-Application")]
    [InlineData("X-PW-UserEmail")]
    public void A_request_without_one_of_the_three_headers_is_unauthorized(string header)
    {
        _account.Headers.Remove(header);

        Assert.Equal(401, _account.Get("/users/me").Status);
    }

    [Theory]
    [InlineData("X-PW-AccessToken", "another-key")]
    [InlineData("X-PW-Application", "my_application")]
    [InlineData("X-PW-UserEmail", "somebody.else@copper.example")]
    public void A_request_with_a_wrong_header_is_unauthorized(string header, string value)
    {
        _account.Headers[header] = value;

        Assert.Equal(401, _account.Get("/users/me").Status);
    }

    [Fact]
    public void Header_names_and_the_address_are_compared_ignoring_case()
    {
        _account.Headers.Remove("X-PW-UserEmail");
        _account.Headers["x-pw-useremail"] = "Demo@Copper.example";

        Assert.Equal(200, _account.Get("/users/me").Status);
    }

    [Fact]
    public void An_unknown_address_is_unauthorized_first()
    {
        _account.Headers.Clear();

        Assert.Equal(401, _account.Get("/nowhere").Status);
    }

    [Fact]
    public void A_bearer_token_stands_for_the_three_headers()
    {
        _account.Sandbox.AcceptBearerToken("token-1");
        _account.Headers.Clear();
        _account.Headers["Authorization"] = "Bearer token-1";

        Assert.Equal(200, _account.Get("/users/me").Status);
    }

    [Fact]
    public void An_unknown_bearer_token_is_unauthorized_even_beside_a_valid_key()
    {
        _account.Headers["Authorization"] = "Bearer token-2";

        Assert.Equal(401, _account.Get("/users/me").Status);
    }
}
