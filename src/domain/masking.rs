//! How personal data is shown: 张* / 欧阳*, `310***********1234`.
